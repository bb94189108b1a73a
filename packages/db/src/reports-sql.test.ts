import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from './open-database.ts';
import { createReportsSql } from './reports-sql.ts';
import type { Sql } from './sql.ts';
import { createTestDatabase, type TestDatabase } from './testing.ts';

let databases: TestDatabase[];
let primary: Database;
let replica: Database;
let reports: Sql;
const told: Error[] = [];

beforeAll(async () => {
  databases = [await createTestDatabase('template1'), await createTestDatabase('template1')];
  [primary, replica] = databases.map(({ url }) =>
    openDatabase({ url, poolSize: 2, applicationName: 'reports test', report: () => undefined }),
  ) as [Database, Database];
  for (const [database, name] of [
    [primary, 'primary'],
    [replica, 'replica'],
  ] as const) {
    await database.sql.rows('make', 'create table here (name text)');
    await database.sql.rows('fill', 'insert into here values ($1)', [name]);
  }
  reports = createReportsSql(primary.sql, replica.sql, (error) => told.push(error));
});
afterAll(async () => {
  await primary.close();
  for (const database of databases) await database.drop();
});

const where = async () => (await reports.row<{ name: string }>('where', 'select name from here'))!.name;

test('reports read the replica; a statement it refuses is refused, not asked of the primary', async () => {
  expect(await where()).toBe('replica');
  await expect(reports.rows('wrong', 'select nothing from here')).rejects.toThrow(/nothing/);
  expect(told).toEqual([]);
});

test('while the replica is away reports read the primary, and say so once', async () => {
  await replica.close();
  expect(await where()).toBe('primary');
  expect(await where()).toBe('primary');
  expect(told.map(({ message }) => message)).toEqual([expect.stringContaining('The replica does not answer')]);
});
