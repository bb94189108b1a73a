import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '..', '..');
let house: string;

beforeAll(() => {
  house = fs.mkdtempSync(path.join(os.tmpdir(), 'windlass-walls-'));
  fs.copyFileSync(path.join(root, '.oxlintrc.json'), path.join(house, '.oxlintrc.json'));
});
afterAll(() => fs.rmSync(house, { recursive: true, force: true }));

/** What lint says of one file at a place in the house. */
function lint(place: string, text: string): string {
  const file = path.join(house, place);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  const { stdout, status } = spawnSync(path.join(root, 'node_modules/.bin/oxlint'), ['-f', 'json', place], {
    cwd: house,
    encoding: 'utf8',
  });
  fs.rmSync(file);
  return status === 0 ? '' : stdout;
}

const screen = 'packages/capabilities/orders/admin/probe.tsx';

test.each([
  [
    'a screen that calls the server’s code',
    screen,
    `import { listOrders } from '../server/list-orders.ts'; listOrders();`,
    'call the procedure',
  ],
  [
    'a screen that opens the database',
    screen,
    `import { openDatabase } from '@windlass/db/open-database'; openDatabase();`,
    'ask the server',
  ],
  [
    'a screen that uses another screen',
    screen,
    `import { x } from '../../deliveries/admin/deliveries-table.tsx'; x();`,
    'parts/',
  ],
  [
    'a worker that imports the server',
    'packages/capabilities/orders/worker/probe.ts',
    `import { x } from '../server/list-orders.ts'; x();`,
    'does not answer requests',
  ],
  [
    'a server that does a job’s work',
    'packages/capabilities/orders/server/probe.ts',
    `import { x } from '../worker/handlers.ts'; x();`,
    'enqueue the job',
  ],
  [
    'a server that sends mail',
    'packages/capabilities/orders/server/probe.ts',
    `import { createTransport } from 'nodemailer'; createTransport();`,
    'No request waits',
  ],
  [
    'a server that uses another’s server',
    'packages/capabilities/orders/server/probe.ts',
    `import { x } from '../../deliveries/server/router.ts'; x();`,
    'contract or operations',
  ],
  [
    'a contract with I/O',
    'packages/capabilities/orders/contract.ts',
    `import fs from 'node:fs'; fs.existsSync('/');`,
    'pure',
  ],
  [
    'a package that knows business',
    'packages/queue/src/probe.ts',
    `import { x } from '@windlass/capabilities/orders/contract'; x();`,
    'mechanisms',
  ],
  [
    'the environment read outside env.ts',
    'apps/server/src/probe.ts',
    `export const x = process.env.PORT;`,
    'no-process-env',
  ],
  [
    'a file of 401 lines',
    'apps/server/src/probe.ts',
    Array.from({ length: 401 }, (_, i) => `export const x${i} = 1;`).join('\n'),
    'max-lines',
  ],
  [
    'a function of four parameters',
    'apps/server/src/probe.ts',
    'export const x = (a: 1, b: 1, c: 1, d: 1) => [a, b, c, d];',
    'max-params',
  ],
  ['a switched-off type', 'apps/server/src/probe.ts', 'export const x = (a: any) => a;', 'no-explicit-any'],
  ['a file in camelCase', 'apps/server/src/probeFile.ts', 'export const x = 1;', 'filename-case'],
])('lint refuses %s, and says what to do instead', (_what, place, text, words) => {
  expect(lint(place, text)).toContain(words);
});

test('lint lets through what the house allows', () => {
  expect(
    lint(
      screen,
      `import type { OrdersSlice } from '../server/router.ts';\nimport { orderTabs } from '../contract.ts';\nexport const x: OrdersSlice | typeof orderTabs = orderTabs;`,
    ),
  ).toBe('');
});
