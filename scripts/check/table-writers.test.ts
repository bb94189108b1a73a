import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findReads, findTrespasses, readOwners } from './table-writers.ts';

const root = path.join(import.meta.dirname, '..', '..');
const schema = path.join(root, 'packages', 'db', 'prisma', 'schema');
const owners = readOwners(
  new Map(
    fs
      .readdirSync(schema)
      .map((file) => [path.basename(file, '.prisma'), fs.readFileSync(path.join(schema, file), 'utf8')]),
  ),
);

/** Programs that play the world or measure it write whatever they please. */
const OTHERS = /\.test\.ts$|\/(test|testing|tools|generated|dist)\/|^apps\/(bench|faults|e2e)\/|^packages\/testkit\//;
const files = ['apps', 'packages']
  .flatMap((folder) =>
    fs.globSync(`${folder}/**/*.ts`, { cwd: root, exclude: (name) => name.includes('node_modules') }),
  )
  .filter((file) => !OTHERS.test(file));

/**
 * Who writes whose table today: each is to become an operation of the owner. None is added; one that is gone is taken
 * off. The event record is written in the statement that causes the event, so that no news is told of what was not
 * done.
 */
const KNOWN = [
  'approvals writes event of live',
  'deliveries writes customer_order of orders',
  'deliveries writes event of live',
  'deliveries writes job of queue',
  'kit writes audit_entry of operations',
  'kit writes idempotency_key of operations',
  'kit writes rate_limit of auth',
  'operations writes account of auth',
  'operations writes account_link of auth',
  'operations writes api_key of auth',
  'operations writes app_user of auth',
  'operations writes used_password of auth',
  'operations writes worker_process of queue',
  'orders writes event of live',
  'queue writes event of live',
  'queue writes idempotency_key of operations',
  'queue writes rate_limit of auth',
  'queue writes session of auth',
];

/** What operations' statements still read of other capabilities' tables: none is added, one that is gone is taken off. */
const KNOWN_READS = [
  'get-job.ts reads delivery of deliveries',
  'list-failures.ts reads delivery of deliveries',
  'read-measures.ts reads delivery of deliveries',
  'read-measures.ts reads delivery_attempt of deliveries',
  'send-account-mail.ts reads delivery of deliveries',
];

const readText = (file: string) => ({ file, text: fs.readFileSync(path.join(root, file), 'utf8') });

test('a table is written by its owner alone, but for what is known', () => {
  expect(owners.get('customer_order')).toBe('orders');
  expect(files.length).toBeGreaterThan(400);
  const found = files.flatMap((file) => findTrespasses(owners, readText(file)));
  const pairs = new Set(found.map(({ by, table, owner }) => `${by} writes ${table} of ${owner}`));
  expect([...pairs].toSorted()).toEqual(KNOWN);
});

test('operations reads no table of another capability, but for what is known', () => {
  const capabilities = fs.readdirSync(path.join(root, 'packages', 'capabilities'));
  const found = files
    .filter((file) => file.startsWith('packages/capabilities/operations/'))
    .flatMap((file) => findReads(owners, readText(file)))
    .filter(({ owner }) => capabilities.includes(owner));
  const pairs = new Set(found.map(({ table, owner, file }) => `${path.basename(file)} reads ${table} of ${owner}`));
  expect([...pairs].toSorted(), 'Show a subject by kit/label-subjects.ts, or ask an operation of its owner.').toEqual(
    KNOWN_READS,
  );
});

test('each way to read is found, and words that follow are not taken for tables', () => {
  const read = (text: string) =>
    findReads(owners, { file: 'packages/capabilities/operations/server/probe.ts', text }).map(({ table }) => table);
  expect(read('select 1 from job j left join delivery d on d.job_id = j.id')).toEqual(['job', 'delivery']);
  expect(read('select 1 from job j,\n "artwork" as a, shop where true')).toEqual(['job', 'artwork', 'shop']);
  expect(read('delete from audit_entry l using customer_order o')).toEqual(['customer_order']);
  expect(read(`select extract(epoch from now()), delivery from audit_entry order by delivery`)).toEqual([]);
});

test('each way to write is found, and locks and upserts are not taken for one', () => {
  const write = (text: string) =>
    findTrespasses(owners, { file: 'packages/capabilities/artwork/server/probe.ts', text }).length;
  expect(['insert into delivery (id) values', 'update "delivery" set', 'delete\n  from delivery'].map(write)).toEqual([
    1, 1, 1,
  ]);
  expect(write('select 1 from delivery for update of delivery')).toBe(0);
  expect(write('insert into artwork (id) values ($1) on conflict (id) do update set delivery = 1')).toBe(0);
});
