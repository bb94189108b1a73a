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
const OTHERS = /\.test\.ts$|\/(test|testing|tools|dist)\/|^apps\/(bench|faults|e2e)\/|^packages\/testkit\//;
const files = ['apps', 'packages']
  .flatMap((folder) =>
    fs.globSync(`${folder}/**/*.ts`, { cwd: root, exclude: (name) => name.includes('node_modules') }),
  )
  .filter((file) => !OTHERS.test(file));

const readText = (file: string) => ({ file, text: fs.readFileSync(path.join(root, file), 'utf8') });

test('a table is written by its owner alone', () => {
  expect(owners.get('customer_order')).toBe('orders');
  expect(files.length).toBeGreaterThan(400);
  const found = files.flatMap((file) => findTrespasses(owners, readText(file)));
  const trespasses = found.map(({ file, table, owner }) => `${file} writes ${table} of ${owner}`);
  expect(trespasses, 'Call an operation of its owner: operations.ts of a capability, a function of a package.').toEqual(
    [],
  );
});

test('operations reads no table of another capability', () => {
  const capabilities = fs.readdirSync(path.join(root, 'packages', 'capabilities'));
  const found = files
    .filter((file) => file.startsWith('packages/capabilities/operations/'))
    .flatMap((file) => findReads(owners, readText(file)))
    .filter(({ owner }) => capabilities.includes(owner));
  const trespasses = found.map(({ table, owner, file }) => `${file} reads ${table} of ${owner}`);
  expect(trespasses, 'Show a subject by kit/label-subjects.ts, or ask an operation of its owner.').toEqual([]);
});

test('each way to read is found, and words that follow are not taken for tables', () => {
  const read = (text: string) =>
    findReads(owners, { file: 'packages/capabilities/operations/server/probe.ts', text }).map(({ table }) => table);
  expect(read('select 1 from job j left join delivery d on d.job_id = j.id')).toEqual(['job', 'delivery']);
  expect(read('select 1 from job j,\n "artwork" as a, shop where true')).toEqual(['job', 'artwork', 'shop']);
  expect(read('delete from demo_fault l using customer_order o')).toEqual(['customer_order']);
  expect(read(`select extract(epoch from now()), delivery from demo_fault order by delivery`)).toEqual([]);
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
