import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openClient } from './embedded/open-client.ts';
import { migrate } from './migrate.ts';
import { createTestDatabase, type TestDatabase } from './testing.ts';

let database: TestDatabase;
let folder: string;

beforeEach(async () => {
  database = await createTestDatabase('template1');
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'windlass-migrations-'));
  writeMigration('001_people', 'create table people (id int primary key);');
});

afterEach(async () => {
  await database.drop();
  fs.rmSync(folder, { recursive: true });
});

function writeMigration(name: string, sql: string): void {
  fs.mkdirSync(path.join(folder, name), { recursive: true });
  fs.writeFileSync(path.join(folder, name, 'migration.sql'), sql);
}

async function query<Row extends object>(sql: string): Promise<Row[]> {
  const client = await openClient(database.url, 'migrate test');
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

test('migrations apply in order and leave the rows that Prisma would', async () => {
  writeMigration('002_names', 'alter table people add name text; create index on people (name);');
  expect(await migrate(database.url, folder)).toEqual(['001_people', '002_names']);
  const rows = await query(
    `select migration_name, checksum, applied_steps_count, logs, finished_at is not null as finished
       from _prisma_migrations order by started_at`,
  );
  expect(rows).toEqual(
    ['001_people', '002_names'].map((name) => ({
      migration_name: name,
      checksum: createHash('sha256')
        .update(fs.readFileSync(path.join(folder, name, 'migration.sql')))
        .digest('hex'),
      applied_steps_count: 1,
      logs: null,
      finished: true,
    })),
  );
});

test('a second run applies nothing', async () => {
  await migrate(database.url, folder);
  expect(await migrate(database.url, folder)).toEqual([]);
});

test('of two that start at once, one applies and the other finds nothing to do', async () => {
  const [one, two] = await Promise.all([migrate(database.url, folder), migrate(database.url, folder)]);
  expect([...one, ...two]).toEqual(['001_people']);
  expect(await query('select 1 from _prisma_migrations')).toHaveLength(1);
});

test('a failing migration rolls back whole and stops the next start until it is resolved', async () => {
  writeMigration('002_broken', 'create table half (id int); select * from no_such_table;');
  const refusal = /002_broken failed and was rolled back .*no_such_table.*prisma migrate resolve/;
  await expect(migrate(database.url, folder)).rejects.toThrow(refusal);
  const tables = await query(`select to_regclass('half') as half, to_regclass('people')::text as people`);
  expect(tables).toEqual([{ half: null, people: 'people' }]);
  const failed = await query(
    `select logs is not null as logged, finished_at from _prisma_migrations where migration_name like '002%'`,
  );
  expect(failed).toEqual([{ logged: true, finished_at: null }]);

  writeMigration('002_broken', 'create table whole (id int);');
  await expect(migrate(database.url, folder)).rejects.toThrow(/002_broken failed before/);

  await query(`update _prisma_migrations set rolled_back_at = now() where migration_name = '002_broken'`);
  expect(await migrate(database.url, folder)).toEqual(['002_broken']);
});

test('a migration changed after it was applied is refused, and nothing after it applies', async () => {
  await migrate(database.url, folder);
  writeMigration('001_people', 'create table people (id bigint primary key);');
  writeMigration('002_more', 'create table more (id int);');
  await expect(migrate(database.url, folder)).rejects.toThrow(/001_people was changed after it had been applied/);
  expect(await query(`select to_regclass('more') as more`)).toEqual([{ more: null }]);
});

test('a database ahead of this build is refused', async () => {
  writeMigration('002_tomorrow', 'create table tomorrow (id int);');
  await migrate(database.url, folder);
  fs.rmSync(path.join(folder, '002_tomorrow'), { recursive: true });
  await expect(migrate(database.url, folder)).rejects.toThrow(/ahead of this build by 002_tomorrow/);
});

/** Long enough between the two for a program to begin to wait first, and be the deadlock’s victim. */
const TWO_TABLES = 'alter table people add name text; select pg_sleep(0.3); alter table houses add street text;';

/** A program that holds `houses` and then asks for `people`, as a migration of both takes them the other way round. */
async function holdHouses(): Promise<Client> {
  const program = await openClient(database.url, 'migrate test program');
  await program.query('begin; select from houses;');
  return program;
}
const isWaiting = async (type: 'Lock' | 'Timeout') =>
  (
    await query(
      `select 1 from pg_stat_activity where application_name = 'windlass migrate' and wait_event_type = '${type}'
        and datname = current_database()`,
    )
  ).length > 0;

test('a migration gives way to a program that works: it waits, and no one is chosen as a deadlock’s victim', async () => {
  writeMigration('002_houses', 'create table houses (id int primary key);');
  await migrate(database.url, folder);
  writeMigration('003_both', TWO_TABLES);
  const program = await holdHouses();
  try {
    const migrating = migrate(database.url, folder);
    await expect.poll(() => isWaiting('Timeout')).toBe(true);
    for (let asked = 0; asked < 5; asked += 1) await program.query('select from people');
    await program.query('commit');
    expect(await migrating).toEqual(['003_both']);
  } finally {
    await program.end();
  }
  expect(await query('select name, street from people, houses')).toEqual([]);
});

test('one that found no moment in all its time changed nothing, says so, and is tried again by the next start', async () => {
  writeMigration('002_houses', 'create table houses (id int primary key);');
  await migrate(database.url, folder);
  writeMigration('003_both', TWO_TABLES);
  const program = await holdHouses();
  try {
    await expect(migrate(database.url, folder, { patienceMs: 1 })).rejects.toThrow(/003_both found no moment/);
    expect(await query('select * from people')).toEqual([]);
    expect(await query(`select 1 from _prisma_migrations where migration_name like '003%'`)).toEqual([]);
  } finally {
    await program.end();
  }
  expect(await migrate(database.url, folder)).toEqual(['003_both']);
});

test('an index that is built concurrently waits for whoever is there, however long', async () => {
  await migrate(database.url, folder);
  writeMigration('002_index', 'create index concurrently people_index on people (id);');
  const program = await openClient(database.url, 'migrate test program');
  try {
    await program.query('begin isolation level repeatable read; select from people;');
    const migrating = migrate(database.url, folder, { patienceMs: 1 });
    await expect.poll(() => isWaiting('Lock')).toBe(true);
    await program.query('select pg_sleep(1)');
    await program.query('commit');
    expect(await migrating).toEqual(['002_index']);
  } finally {
    await program.end();
  }
  expect(await query(`select 1 from pg_index where indexrelid = 'people_index'::regclass and indisvalid`)).toHaveLength(
    1,
  );
});
