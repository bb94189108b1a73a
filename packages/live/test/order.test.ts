import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '@windlass/testkit/until';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LiveEvent } from '../src/event.ts';
import { recordEvents } from '../src/record-events.ts';
import { type Live, openLive } from './open-live.ts';
import { writeShuffled } from './write-shuffled.ts';
import { orderMoved } from './order-moved.ts';

let live: Live;
beforeEach(async () => {
  live = await openLive();
});
afterEach(async () => {
  await live.close();
  expect(live.errors).toEqual([]);
});

const nameOf = ({ subject, data }: LiveEvent) => `${subject} ${data.n}`;

/** Within a subject: each once, in the order of seq, which is the order of causes. */
function expectCausalOrder(events: readonly LiveEvent[]): void {
  for (const [subject, told] of Map.groupBy(events, (event) => event.subject)) {
    const seqs = told.map(({ seq }) => seq);
    expect(seqs, subject).toEqual(seqs.toSorted((a, b) => a - b));
    const causes = told.map(({ data }) => data.n as number);
    expect(causes, subject).toEqual(causes.toSorted((a, b) => a - b));
  }
}

test('2,000 events committed out of order are all told once, in order within a subject; those rolled back never', async () => {
  const reader = live.read();
  await reader.greeted();
  const committed = await writeShuffled(live.database, { events: 2_000, seed: 11 });
  await until('all are told', () => reader.events().length >= committed.size);
  await sleep(300); // nothing follows
  const told = reader.events();
  expect(told.map(nameOf).toSorted()).toEqual([...committed].toSorted());
  expectCausalOrder(told);
  // The trial was one: numbers were told out of order over all subjects, where "greater than the last" would have lost
  // some.
  const seqs = told.map(({ seq }) => seq);
  expect(seqs).not.toEqual(seqs.toSorted((a, b) => a - b));
});

test('a reader that comes back at any place is told exactly what it has not seen', async () => {
  const first = live.read();
  await first.greeted();
  await writeShuffled(live.database, { events: 400, seed: 12 });
  await until('all are told', () => first.events().length >= 400);
  await sleep(200);
  const told = first.messages.filter(({ event }) => event === 'message');
  for (let at = 0; at < told.length; at += 23) {
    const again = live.read({ lastEventId: told[at]!.id });
    await again.greeted();
    expect(again.messages.at(-1)!.event).toBe('hello');
    expect(again.events().map(nameOf).toSorted()).toEqual(
      told
        .slice(at + 1)
        .map(({ data }) => nameOf(data))
        .toSorted(),
    );
    expectCausalOrder(again.events());
    await again.close();
  }
});

test('a transaction that stays open somewhere delays nobody', async () => {
  const reader = live.read();
  await reader.greeted();
  const client = await live.database.pool.connect();
  await client.query('begin');
  await client.query('select pg_current_xact_id()');
  try {
    for (let n = 1; n <= 5; n += 1) {
      await live.tell({ n });
      // Whoever waits for that transaction waits for ever; a busy machine takes its time.
      await until('it is told', () => reader.numbers().includes(n));
    }
  } finally {
    await client.query('rollback');
    client.release();
  }
  expect(reader.numbers()).toEqual([1, 2, 3, 4, 5]);
});

test('an event whose transaction commits after later ones is told when it commits', async () => {
  const reader = live.read();
  await reader.greeted();
  await live.database.transaction(async (tx) => {
    await recordEvents(tx, [orderMoved({ shopId: 'shop_a', subject: 'ord_9', data: { n: 1 } })]);
    await live.tell({ n: 2 });
    await until('the later one is told', () => reader.numbers().length === 1);
  });
  await live.hub.poll();
  await until('the early one is told', () => reader.numbers().length === 2);
  expect(reader.numbers()).toEqual([2, 1]);
});
