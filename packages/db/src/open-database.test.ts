import type { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from './open-database.ts';
import { countStatements } from './statement-count.ts';
import { createTestDatabase, type TestDatabase } from './testing.ts';

let own: TestDatabase;
const opened: Database[] = [];

beforeAll(async () => {
  own = await createTestDatabase();
});
afterEach(async () => {
  for (const database of opened.splice(0)) await database.close();
});
afterAll(() => own.drop());

function open(poolSize: number, report: (error: Error) => void = () => {}): Database {
  const database = openDatabase({ url: own.url, poolSize, applicationName: 'database test', report });
  opened.push(database);
  return database;
}

const CUT = `select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and application_name = 'database test' and pid <> pg_backend_pid()`;
const one = (database: Database) => database.sql.row('one', 'select 1 as one');

// A failure of these two is an uncaught exception: the process would have ended.
test('an idle connection that breaks is reported, does not end the process, and the next statement gets a new one', async () => {
  const errors: Error[] = [];
  const database = open(2, (error) => errors.push(error));
  await one(database);
  await open(1).sql.rows('cut', CUT);
  await sleep(100);
  expect(errors.map(({ message }) => message)).toEqual(['terminating connection due to administrator command']);
  expect(await one(database)).toEqual({ one: 1 });
});

test('a connection that breaks between two statements of a transaction fails the transaction and nothing else', async () => {
  const database = open(2);
  const transaction = database.transaction(async (tx) => {
    await tx.rows('make', `insert into job (id, name, queue, payload) values ('job_half', 'x', 'default', '{}')`);
    await open(1).sql.rows('cut', CUT);
    await sleep(100); // nobody asks the connection anything while it ends
    await tx.rows('again', 'select 1');
  });
  await expect(transaction).rejects.toThrow();
  expect(await database.sql.rows('half', `select 1 from job where id = 'job_half'`)).toEqual([]);
  expect(database.pool.idleCount).toBe(database.pool.totalCount); // the broken one was given back, and thrown away
});

test('a connection that breaks in the very instant it is handed out fails whoever waited for it, and nothing else', async () => {
  const database = open(1);
  await one(database);
  // The end of one statement and the word of the end come in one packet, and somebody waits for the connection.
  database.pool.once('acquire', (client) => {
    const { connection } = client as unknown as { connection: EventEmitter };
    connection.once('readyForQuery', () => connection.emit('errorMessage', new Error('terminating connection')));
  });
  const [first, second] = await Promise.allSettled([
    one(database),
    database.transaction((tx) => tx.row('one', 'select 1 as one')),
  ]);
  expect(first).toMatchObject({ status: 'fulfilled' });
  expect(second).toMatchObject({ status: 'rejected' });
  expect(await one(database)).toEqual({ one: 1 });
});

test('a request counts its statements, and the begin and commit of a transaction', async () => {
  const database = open(4);
  const { statements } = await countStatements(async () => {
    await one(database);
    await database.transaction(async (tx) => {
      await tx.rows('two', 'select 2');
      tx.wake('somebody'); // sent after the commit, for many at once: nobody's statement
    });
    await database.wakes.idle();
  });
  expect(statements).toBe(4);
});

test("requests that wait for each other's connections count their own statements and nobody else's", async () => {
  const database = open(1);
  const request = (statements: number) =>
    countStatements(() => Promise.all(Array.from({ length: statements }, () => one(database))));
  const counted = await Promise.all([1, 2, 3, 4].map(request));
  expect(counted.map(({ statements }) => statements)).toEqual([1, 2, 3, 4]);
});
