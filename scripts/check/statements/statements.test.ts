import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkStatements } from './check-statements.ts';
import { findStatements, type Found } from './find-statements.ts';
import { openProgram } from './open-program.ts';
import { openTestClient, type TestClient } from './open-test-client.ts';

const root = path.join(import.meta.dirname, '..', '..', '..');
const files = ['apps', 'packages']
  .flatMap((folder) =>
    fs.globSync(`${folder}/**/*.ts`, { cwd: root, exclude: (name) => name.includes('node_modules') }),
  )
  .filter((file) => !/\.test\.ts$|\/(test|generated|dist)\//.test(file))
  .filter((file) => /\.rows?\b/.test(fs.readFileSync(path.join(root, file), 'utf8')))
  .toSorted();

/** Put together at run time, so that nobody can read them. None is added; one that can be read is taken off. */
const UNREAD = [
  // From what each plug says waits for a person.
  'packages/capabilities/operations/server/count-waiting.ts count-waiting',
  // These hand on what they are given.
  'packages/db/src/reports-sql.ts *',
  'packages/db/src/reports-sql.ts *',
];

/** Columns of which a row knows more than the schema, and who sees to it. None is added without. */
const ASSURED = {
  'read-batch-refusals.code': 'judge-batch-items gives each refused item its code',
  'find-idempotency-key.status': 'kept in the transaction that makes the row',
  'present-workers.queues': 'worker-seen always writes them; Prisma gives no list a NOT NULL',
  'open-breakers.openedAt': 'open-breaker sets it with `open`',
  'open-breakers.retryAt': 'open-breaker sets it with `open`',
  'reject-orders.rejectedAt': 'set by the statement itself',
  'list-refused-orders.reasonCode': 'refuse-source-order sets it with the state',
  'list-refused-orders.reason': 'refuse-source-order sets it with the state',
  'reserve-order-numbers.first': 'set by the statement itself',
  'reap-expired-leases.state': 'set by the statement itself to one of three',
  'reap-expired-leases.code': 'set by the statement itself',
  'reap-expired-leases.sentence': 'set by the statement itself',
  'reap-expired-leases.hint': 'set by the statement itself',
  'stop-retry-run.code': 'a job of a retry run has failed, and keeps its failure until it runs again',
  'stop-retry-run.sentence': 'a job of a retry run has failed, and keeps its failure until it runs again',
  'stop-retry-run.hint': 'a job of a retry run has failed, and keeps its failure until it runs again',
};

let database: TestClient;
let found: Found;
beforeAll(async () => {
  database = await openTestClient();
  const program = await openProgram(root, files);
  found = findStatements(program, files);
  program.close();
});
afterAll(() => database?.close());

test('every statement can be read, but for what is known', () => {
  expect(found.statements.length).toBeGreaterThan(430);
  const unread = found.unread.map(({ place, name }) => `${place.split(':')[0]} ${name}`);
  const reasons = found.unread.map(({ place, why }) => `${place}: ${why}`).join('\n');
  expect(unread, `Make the text of constants, and what is chosen a condition after where or and.\n${reasons}`).toEqual(
    UNREAD,
  );
});

test('every statement is as PostgreSQL describes it: its parameters, its columns, and which can be null', async () => {
  expect(await checkStatements(database.client, found.statements, Object.keys(ASSURED))).toEqual([]);
});
