import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { recordEvents } from '../src/record-events.ts';
import { listen, openRecord, type Record, SHOP } from './open-record.ts';

let record: Record;
beforeEach(async () => { record = await openRecord(); });
afterEach(() => record.close());

/** A small generator, so that a failing order of commits can be run again. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

test('events that commit out of order are each heard once, and those of one subject in the order of their causes', async () => {
  const hub = await record.openHub();
  const listener = listen(record, hub);
  const next = random(7);
  let n = 0;
  const writers = Array.from({ length: 8 }, async (_, writer) => {
    for (let i = 0; i < 60; i += 1) {
      const subject = `ord_${Math.floor(next() * 5)}`;
      const abort = next() < 0.05;
      await record.database
        .transaction(async (tx) => {
          await tx.rows('lock-subject', 'select pg_advisory_xact_lock(hashtext($1))', [subject]);
          for (let k = 0; k < 4; k += 1) await recordEvents(tx, [{ shopId: SHOP, topic: 'orders', subject, type: 'test.happened', data: { n: abort ? -1 : (n += 1), writer } }]);
          await sleep(next() * 6);
          if (abort) throw new Error('rolled back on purpose');
        })
        .catch((error: Error) => {
          if (!error.message.includes('on purpose')) throw error;
        });
    }
  });
  await Promise.all(writers);
  await listener.until(n);
  await sleep(100);
  const numbers = listener.numbers();
  expect(numbers).toHaveLength(n);
  expect(new Set(numbers).size).toBe(n);
  expect(numbers).not.toContain(-1);
  const bySubject = Map.groupBy(listener.heard.filter(({ name }) => name === 'message'), ({ data }) => data.subject);
  for (const events of bySubject.values()) {
    const order = events.map(({ data }) => data.data!.n);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  }
  await listener.leave();
});

test('a transaction that stays open, with events of its own, delays nobody else’s events and its own are heard when it commits', async () => {
  const hub = await record.openHub();
  const listener = listen(record, hub);
  let release!: () => void;
  const held = new Promise<void>((resolve) => (release = resolve));
  const slow = record.database.transaction(async (tx) => {
    await recordEvents(tx, [{ shopId: SHOP, topic: 'orders', subject: 'ord_slow', type: 'test.happened', data: { n: 1000 } }]);
    await held;
  });
  await sleep(50);
  for (let i = 1; i <= 20; i += 1) await record.tell('ord_quick', i);
  await listener.until(20);
  expect(listener.numbers()).not.toContain(1000);
  release();
  await slow;
  await listener.until(21);
  expect(listener.numbers().at(-1)).toBe(1000);
  await listener.leave();
});
