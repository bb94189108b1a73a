import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '@windlass/testkit/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from './open-database.ts';
import { createTestDatabase, type TestDatabase } from './testing.ts';
import { listenForWakes } from './wake.ts';

let own: TestDatabase;
let line: Server;
let detour: URL;
let database: Database;
const through: { client: Socket; upstream: Socket }[] = [];

/** What was asked of a database that says nothing any more. */
let unheard = '';

/** What a firewall does that has forgotten its connections: nothing passes any more, and nobody is told. */
const forget = () => {
  for (const { client, upstream } of through.splice(0)) {
    client.removeAllListeners('data');
    client.on('data', (bytes) => void (unheard += bytes.toString('latin1')));
    upstream.removeAllListeners('data');
  }
};

beforeAll(async () => {
  own = await createTestDatabase();
  const server = new URL(own.url);
  line = createServer((client) => {
    const upstream = connect(Number(server.port), server.hostname);
    through.push({ client, upstream });
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      from.on('data', (bytes) => to.write(bytes));
      from.on('error', () => {});
      from.once('close', () => to.destroy());
    }
  });
  line.listen(0, '127.0.0.1');
  await once(line, 'listening');
  detour = new URL(own.url);
  detour.port = String((line.address() as AddressInfo).port);
  database = openDatabase({ url: detour.toString(), poolSize: 3, applicationName: 'silence test', report: () => {} });
});
afterAll(async () => {
  await database.close();
  line.close();
  await own.drop();
});

test('connections that fell silent cost a statement 6 s and a transaction no more, are thrown away, and the next ones work', async () => {
  const one = () => database.sql.row('one', 'select 1 as one');
  await Promise.all([one(), one(), one()]);
  expect(database.pool.totalCount).toBe(3);
  forget();

  const lost = await Promise.allSettled([
    one(),
    database.transaction(() => one()),
    database.transaction((tx) => tx.row('two', 'select 2 as two')),
  ]);
  expect(lost.map((result) => result.status === 'rejected' && (result.reason as Error).message)).toEqual(
    Array(3).fill('Query read timeout'),
  );
  expect(unheard).toContain('begin');
  expect(unheard).not.toContain('rollback'); // its answer would be waited for as long once more
  expect(database.pool.totalCount).toBe(0);
  expect(await one()).toEqual({ one: 1 });
});

test('a listener for wakes that fell silent is heard of, gives up its line, and hears again on the next', async () => {
  const errors: string[] = [];
  const wakes = listenForWakes(detour.toString(), (error) => errors.push(error.message), { heartbeatMs: 1_500 });
  let woken = 0;
  wakes.on('somebody', () => (woken += 1));
  await until('it listens', () => woken === 1); // a new line wakes once: something may have happened before it
  await sleep(4_000); // heartbeats that are answered change nothing
  expect([woken, errors]).toEqual([1, []]);
  forget();
  await until('it listens again', () => woken === 2);
  expect(errors).toEqual(['Query read timeout']);
  await wakes.close();
});
