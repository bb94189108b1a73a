import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findTrespasses, readOwners } from './table-writers.ts';

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
const OTHERS = /\.test\.ts$|\/(test|testing|tools|generated|dist)\/|^(apps\/(bench|faults|e2e)|packages\/testkit)\//;
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

test('a table is written by its owner alone, but for what is known', () => {
  expect(owners.get('customer_order')).toBe('orders');
  expect(files.length).toBeGreaterThan(400);
  const found = files.flatMap((file) =>
    findTrespasses(owners, { file, text: fs.readFileSync(path.join(root, file), 'utf8') }),
  );
  const pairs = new Set(found.map(({ by, table, owner }) => `${by} writes ${table} of ${owner}`));
  expect([...pairs].toSorted()).toEqual(KNOWN);
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
