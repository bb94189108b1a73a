import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '@windlass/testkit/until';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Live, openLive } from './open-live.ts';

let live: Live;
beforeEach(async () => {
  live = await openLive();
  reported = [];
});
/** What the test expects to be reported. */
let reported: string[];
afterEach(async () => {
  await live.close();
  expect(live.errors.map(({ message }) => message)).toEqual(reported);
});

test('a reader hears its own shop and its own topics, and nothing else, live or replayed', async () => {
  const mine = live.read();
  const place = live.read();
  const others = [live.read({ shopId: 'shop_b' }), live.read({ topics: new Set(['imports']) })];
  await Promise.all([mine, place, ...others].map((reader) => reader.greeted()));
  const id = place.messages.at(-1)!.id!;
  await live.tell({ n: 1 }, { n: 2, shopId: 'shop_c' }, { n: 3, topic: 'deliveries' }, { n: 4, shopId: null });
  await until('it is told', () => mine.numbers().length > 0);
  await sleep(150);
  expect(mine.numbers()).toEqual([1]);
  expect(others.map((reader) => reader.numbers())).toEqual([[], []]);

  const replayed = [{}, { shopId: 'shop_b' }, { topics: new Set(['imports']) }].map((who) =>
    live.read({ ...who, lastEventId: id }),
  );
  await Promise.all(replayed.map((reader) => reader.greeted()));
  expect(replayed.map((reader) => reader.numbers())).toEqual([[1], [], []]);
  expect(JSON.stringify(mine.messages)).not.toContain('shop'); // a reader is not told whose it is
});

test('a reader without news hears now and then that its connection lives, as a message its own code can see', async () => {
  const reader = live.read({ pingMs: 30 });
  await until('it hears so', () => reader.pings() > 2);
  expect(reader.events()).toEqual([]);
});

test('200 readers of one shop get the very same bytes: an event is encoded once', async () => {
  const readers = Array.from({ length: 200 }, () => live.open().body!.getReader());
  const next = async (reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>) => {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) throw new Error('ended');
      if (new TextDecoder().decode(value).includes('"n":')) return value;
    }
  };
  while (live.hub.readers() < 200) await sleep(10);
  await live.tell({ n: 1 });
  const chunks = await Promise.all(readers.map(next));
  expect(new Set(chunks).size).toBe(1); // one object, not 200 equal ones
  await Promise.all(readers.map((reader) => reader.cancel()));
  expect(live.hub.readers()).toBe(0);
});

test('a reader that does not read is dropped once 256 kB wait for it; the others notice nothing', async () => {
  const dropped: string[] = [];
  const sound = live.read();
  const stalled = live.open({ onDrop: (reason) => dropped.push(reason) }).body!.getReader();
  await sound.greeted();
  while (live.hub.readers() < 2) await sleep(5);
  const note = 'x'.repeat(1_000);
  const write = async (from: number, to: number) => {
    for (let n = from; n <= to; n += 20) {
      await live.tell(...Array.from({ length: 20 }, (_, i) => ({ n: n + i, data: { n: n + i, note } })));
      await until('it keeps up', () => sound.numbers().at(-1) === n + 19);
    }
  };
  await write(1, 200); // some 220 kB
  expect(dropped).toEqual([]);
  await write(201, 260);
  expect(dropped).toEqual(['slow']);
  expect(live.hub.readers()).toBe(1);
  expect(sound.numbers()).toHaveLength(260);

  // What it did not fetch is let go; and it is no reader any more.
  await expect(
    (async () => {
      while (!(await stalled.read()).done);
    })(),
  ).rejects.toThrow(/behind/);
});

test('2 MB of news in one transaction cut off nobody who reads', async () => {
  const dropped: string[] = [];
  const readers = Array.from({ length: 5 }, () => live.read({ onDrop: (reason) => dropped.push(reason) }));
  await Promise.all(readers.map((reader) => reader.greeted()));
  await live.tell(...Array.from({ length: 2_000 }, (_, i) => ({ n: i, data: { n: i, note: 'x'.repeat(900) } })));
  await Promise.all(
    readers.map((reader) => until('it has all', () => reader.numbers().length === 2_000 || reader.ended())),
  );
  expect(dropped).toEqual([]);
  expect(readers.map((reader) => reader.numbers().length)).toEqual(Array(5).fill(2_000));
});

test('who joins while a lot is being told, and comes back when cut off as browsers do, is told all of it once', async () => {
  const early = live.read();
  await early.greeted();
  const place = early.messages[0]!.id;
  const all = Array.from({ length: 2_000 }, (_, n) => n);
  const follow = async () => {
    const told: number[] = [];
    let lastEventId = place;
    while (told.length < all.length) {
      const reader = live.read({ lastEventId });
      await until('it has more', () => reader.ended() || told.length + reader.numbers().length >= all.length);
      told.push(...reader.numbers());
      lastEventId = reader.messages.findLast(({ id }) => id !== undefined)?.id ?? lastEventId;
    }
    return told;
  };
  const telling = live.tell(...all.map((n) => ({ n, data: { n, note: 'x'.repeat(900) } })));
  const joiners: Promise<number[]>[] = [];
  for (let i = 0; i < 30; i += 1) {
    joiners.push(follow());
    await sleep(5);
  }
  await telling;
  for (const told of await Promise.all(joiners)) expect(told).toEqual(all);
  await until('it has all', () => early.numbers().length === all.length);
});

test('a stream ends with `auth` when its session is gone, and with nothing said when that cannot be asked', async () => {
  let answer: () => Promise<boolean> = async () => true;
  const dropped: string[] = [];
  const options = { allowed: () => answer(), recheckMs: 30, onDrop: (reason: string) => dropped.push(reason) };
  const first = live.read(options);
  await first.greeted();
  await sleep(120);
  expect(first.ended()).toBe(false);
  answer = async () => false;
  await until('it ends', () => first.ended(), 1_000);
  expect(first.messages.map(({ event }) => event)).toEqual(['hello', 'auth']);
  expect(dropped).toEqual(['auth']);

  answer = async () => {
    throw new Error('the database is away');
  };
  const second = live.read(options);
  await until('it ends', () => second.ended(), 1_000);
  expect(second.messages.map(({ event }) => event)).not.toContain('auth');
  reported = ['the database is away'];
  expect(live.hub.readers()).toBe(0);
});

test('streams end when the server stops, those that begin just then too', async () => {
  const stopping = new AbortController();
  const before = live.read({ stopping: stopping.signal });
  await before.greeted();
  stopping.abort();
  const after = live.read({ stopping: stopping.signal });
  for (const reader of [before, after]) await until('it ends', () => reader.ended(), 1_000);
  expect(live.hub.readers()).toBe(0);
});

test('a reader that leaves is forgotten at once, also while its past is being told', async () => {
  const first = live.read();
  await first.greeted();
  await live.tell({ n: 1 });
  await until('told', () => first.numbers().length === 1);
  const leaving = Array.from({ length: 20 }, () => live.read({ lastEventId: first.messages[0]!.id }));
  await Promise.all(leaving.map((reader) => reader.close()));
  await first.close();
  await sleep(150);
  expect(live.hub.readers()).toBe(0);
});

test('a past that cannot be told ends the stream, and somebody hears why', async () => {
  const first = live.read();
  await first.greeted();
  const broken = { ...live.database.sql, rows: () => Promise.reject(new Error('the database is away')) };
  const again = live.read({ sql: broken, lastEventId: first.messages[0]!.id });
  await until('it ends', () => again.ended(), 1_000);
  expect(again.messages).toEqual([]);
  reported = ['the database is away'];
  expect(live.hub.readers()).toBe(1);
});
