import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStream } from '../src/open-stream.ts';
import { listen, openRecord, type Record, SHOP } from './open-record.ts';

let record: Record;
beforeEach(async () => { record = await openRecord(); });
afterEach(() => record.close());

test('a reader of another shop or another topic hears nothing', async () => {
  const hub = await record.openHub();
  const mine = listen(record, hub);
  const foreign = listen(record, hub, { shopId: 'shop_b' });
  const elsewhere = listen(record, hub, { topics: ['jobs'] });
  await record.tell('ord_1', 1);
  await mine.until(1);
  await sleep(50);
  expect(foreign.numbers()).toEqual([]);
  expect(elsewhere.numbers()).toEqual([]);
  await Promise.all([mine, foreign, elsewhere].map((listener) => listener.leave()));
});

test('a reader that does not read is cut off, and nobody else notices', async () => {
  const hub = await record.openHub();
  const dropped: string[] = [];
  // Nobody reads this one: its bytes stay with the server.
  openStream({
    hub, sql: record.database.sql, shopId: SHOP, topics: new Set(['orders']), lastEventId: undefined,
    allowed: async () => true, stopping: new AbortController().signal, onDrop: (reason) => dropped.push(reason),
  });
  const listener = listen(record, hub);
  await sleep(50);
  expect(hub.readers()).toBe(2);
  const big = 'x'.repeat(1500);
  for (let n = 1; n <= 40; n += 1) {
    await record.database.sql.rows('tell-big', `insert into event (shop_id, topic, subject, type, data)
      select $1, 'orders', 'ord_1', 'test.happened', jsonb_build_object('n', ($2::int - 1) * 10 + i, 'big', $3::text) from generate_series(1, 10) i`, [SHOP, n, big]);
  }
  await listener.until(400);
  expect(dropped).toEqual(['slow']);
  expect(hub.readers()).toBe(1);
  await listener.leave();
  expect(hub.readers()).toBe(0);
});

test('a stream ends with `auth` soon after its session has ended', async () => {
  const hub = await record.openHub();
  let signedIn = true;
  const listener = listen(record, hub, { allowed: async () => signedIn, recheckMs: 30 });
  await record.tell('ord_1', 1);
  await listener.until(1);
  signedIn = false;
  await listener.ended;
  expect(listener.heard.at(-1)!.name).toBe('auth');
  expect(hub.readers()).toBe(0);
});

test('two hundred readers hear the same events under the same ids', async () => {
  const hub = await record.openHub();
  const listeners = Array.from({ length: 200 }, () => listen(record, hub));
  for (const end = Date.now() + 5000; hub.readers() < 200 && Date.now() < end; ) await sleep(10);
  for (let n = 1; n <= 5; n += 1) await record.tell('ord_1', n);
  await Promise.all(listeners.map((listener) => listener.until(5)));
  const ids = listeners.map(({ heard }) => heard.filter(({ name }) => name === 'message').map(({ id }) => id).join(' '));
  expect(new Set(ids).size).toBe(1);
  await Promise.all(listeners.map((listener) => listener.leave()));
  expect(hub.readers()).toBe(0);
});
