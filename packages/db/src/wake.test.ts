import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '@windlass/testkit/until';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Database, openDatabase } from './open-database.ts';
import { createTestDatabase, type TestDatabase } from './testing.ts';
import { listenForWakes, type WakeListener } from './wake.ts';

let own: TestDatabase;
let database: Database;
let wakes: WakeListener;
let errors: Error[];
/** The wakes heard, in order. */
let heard: string[];

beforeAll(async () => {
  own = await createTestDatabase();
});
afterAll(() => own.drop());

beforeEach(async () => {
  errors = [];
  heard = [];
  database = openDatabase({
    url: own.url,
    poolSize: 4,
    applicationName: 'wake test',
    report: (error) => errors.push(error),
  });
  wakes = listenForWakes(own.url, (error) => errors.push(error));
  for (const channel of ['kept', 'dropped']) wakes.on(channel, () => heard.push(channel));
  await until('both wakes are heard', () => heard.length === 2); // a new connection wakes all once: something may have happened before it
  heard = [];
});
afterEach(async () => {
  await wakes.close();
  await database.close();
});

const listeners = () =>
  database.sql.rows<{ pid: number }>(
    'listeners',
    `select pid from pg_stat_activity where datname = current_database() and application_name = 'windlass wake'`,
  );
const cutListeners = async () => {
  for (const { pid } of await listeners()) await database.sql.rows('cut', 'select pg_terminate_backend($1)', [pid]);
};

test('a wake in a transaction is heard after its commit and not before', async () => {
  await database.transaction(async (tx) => {
    tx.wake('kept');
    await sleep(100);
    expect(heard).toEqual([]);
  });
  await until('the wake is heard', () => heard.length > 0);
  expect(heard).toEqual(['kept']);
});

test('a wake that comes while the sender rests after another is heard too', async () => {
  database.sql.wake('kept');
  await until('the first is heard', () => heard.length === 1);
  database.sql.wake('kept');
  database.sql.wake('dropped');
  await until('the others are heard', () => heard.length === 3);
  expect(heard.toSorted()).toEqual(['dropped', 'kept', 'kept']);
});

test('a wake in a transaction that rolled back is not heard', async () => {
  const failed = database.transaction(async (tx) => {
    tx.wake('dropped');
    throw new Error('no');
  });
  await expect(failed).rejects.toThrow('no');
  await database.transaction(async (tx) => tx.wake('kept')); // whatever the first had sent would be heard before this
  await until('the wake is heard', () => heard.length > 0);
  expect(heard).toEqual(['kept']);
});

test('a thousand wakes at once cost the listener a few calls', async () => {
  for (let i = 0; i < 1_000; i += 1) database.sql.wake('kept');
  await database.wakes.idle();
  await until('the wake is heard', () => heard.length > 0);
  await sleep(50);
  expect(heard.length).toBeLessThanOrEqual(3);
});

test('a listener whose connection is cut hears again within a second, and looks at once for what it missed', async () => {
  await cutListeners();
  await until('it looks for both', () => heard.length === 2, 5_000);
  expect(heard).toEqual(['kept', 'dropped']);
  database.sql.wake('kept');
  await until('the wake is heard', () => heard.length === 3);
  expect(errors.length).toBeGreaterThan(0);
});

test('a listener closed while it is cut off comes back no more', async () => {
  await cutListeners();
  await until('it is cut off', () => errors.length > 0);
  await wakes.close();
  await sleep(800); // it would have come back after 500 ms
  expect(await listeners()).toEqual([]);
});
