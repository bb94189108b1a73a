import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '@windlass/testkit/until';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Cursor } from '../src/cursor.ts';
import { createCursorSigner } from '../src/cursor-signer.ts';
import { type Live, openLive, SECRET } from './open-live.ts';
import type { StreamReader } from './read-stream.ts';

let live: Live;
beforeEach(async () => {
  live = await openLive();
});
afterEach(async () => {
  await live.close();
  expect(live.errors).toEqual([]);
});

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const idOf = (reader: StreamReader, n: number) => reader.messages.find(({ data }) => data.data?.n === n)!.id!;
const lastId = (reader: StreamReader) => reader.messages.at(-1)!.id!;

async function readTen(): Promise<StreamReader> {
  const reader = live.read();
  await reader.greeted();
  await live.tell(...numbers(1, 10).map((n) => ({ n }))); // one transaction, one look of the hub: one batch
  await until('ten are told', () => reader.numbers().length === 10);
  return reader;
}

test('a reader that comes back in the middle of a batch is told the rest of it, and goes on', async () => {
  const first = await readTen();
  const again = live.read({ lastEventId: idOf(first, 4) });
  await again.greeted();
  expect(again.numbers()).toEqual(numbers(5, 10));
  await live.tell({ n: 11 });
  await until('the next is told', () => again.numbers().length === 7);
  expect(again.numbers()).toEqual(numbers(5, 11));
});

test('what happens while a reader comes back is told once: after the past, not in between', async () => {
  const first = await readTen();
  const readers = numbers(1, 10).map((n) => live.read({ lastEventId: idOf(first, n) }));
  await Promise.all(numbers(11, 40).map((n) => live.tell({ n, subject: `ord_${n}` })));
  const hasAll = (reader: StreamReader) => numbers(11, 40).every((n) => reader.numbers().includes(n));
  await Promise.all(readers.map((reader) => until('the last is told', () => hasAll(reader))));
  await sleep(200);
  for (const [i, reader] of readers.entries())
    expect(reader.numbers().toSorted((a, b) => a - b)).toEqual(numbers(i + 2, 40));
});

test("a place in one server's stream is good in another's, and after a restart", async () => {
  const first = await readTen();
  await live.hub.close();
  await first.close();
  await live.tell({ n: 11 }, { n: 12 }); // nobody listens
  const again = live.read({ hub: await live.openHub(), lastEventId: idOf(first, 9) });
  await again.greeted();
  expect(again.numbers()).toEqual([10, 11, 12]);
});

test('the place said by hello is where a reader without news comes back', async () => {
  const first = live.read();
  await first.greeted();
  await live.tell({ n: 1 });
  const again = live.read({ lastEventId: lastId(first) });
  await again.greeted();
  expect(again.numbers()).toEqual([1]);
  const third = live.read({ lastEventId: lastId(again) });
  await third.greeted();
  expect(third.numbers()).toEqual([]);
});

test('a reader that has missed 3,000 events is told them all without being taken for a slow one', async () => {
  const first = await readTen();
  await first.close();
  const note = 'x'.repeat(700); // some 3 MB in all
  await live.database.sql.rows(
    'many',
    `insert into event (shop_id, topic, subject, type, data)
     select 'shop_a', 'orders', 'ord_' || n, 'order.moved', jsonb_build_object('n', n, 'note', $1::text)
       from generate_series(11, 3010) n`,
    [note],
  );
  const dropped: string[] = [];
  const again = live.read({ lastEventId: lastId(first), onDrop: (reason) => dropped.push(reason) });
  await until('it is up to date', () => again.ended() || again.messages.some(({ event }) => event === 'hello'));
  expect(dropped).toEqual([]);
  expect(again.numbers()).toEqual(numbers(11, 3010));
});

const places = createCursorSigner(SECRET);
const moved = (id: string, change: Partial<Cursor>) => places.format({ ...places.parse(id)!, ...change });
const resets: Record<string, (id: string) => string | Promise<string>> = {
  'older than 24 hours': (id) => moved(id, { at: Date.now() - 24 * 3_600_000 - 1_000 }),
  'from the future': (id) => moved(id, { to: '900000000:900000000:' }),
  'that runs backwards': (id) => moved(id, { from: '900000000:900000000:' }),
  'never ours': () => 'twelve',
  'that it made up itself': () => '1:1:~1:1:~0~99999999999999',
  'that it moved back by hand': (id) => id.replace(/^\d+:\d+:/, '1:1:'),
  'signed with another secret': (id) => createCursorSigner('another secret').format(places.parse(id)!),
  'whose signature is cut short': (id) => id.slice(0, -1),
  'too far behind': async (id) => {
    await live.database.sql.rows(
      'too-many',
      `insert into event (shop_id, topic, subject, type) select 'shop_b', 'orders', 'ord_1', 'order.moved'
        from generate_series(1, 5001)`,
    );
    return id;
  },
};
for (const [place, make] of Object.entries(resets)) {
  test(`a reader with a place ${place} is told to fetch anew, and then what comes`, async () => {
    const first = await readTen();
    const again = live.read({ lastEventId: await make(idOf(first, 10)) });
    await again.greeted();
    expect(again.messages.map(({ event }) => event)).toEqual(['reset']);
    await live.tell({ n: 11 });
    await until('it follows', () => again.numbers().includes(11));
    expect(again.numbers()).toEqual([11]);
  });
}
