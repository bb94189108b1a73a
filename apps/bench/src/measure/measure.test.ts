import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { alternate } from './alternate.ts';
import { quantile } from './quantile.ts';
import { runClients } from './run-clients.ts';
import { runSchedule } from './run-schedule.ts';
import { ratiosOf, spreadOf } from './spread.ts';

test('a quantile is a value that was measured, whatever the order', () => {
  const samples = [5, 1, 4, 2, 3, 6, 7, 8, 9, 10];
  expect(quantile(samples, 0.5)).toBe(5);
  expect(quantile(samples, 0.99)).toBe(10);
  expect(quantile(samples, 0)).toBe(1);
  expect(quantile([7], 0.99)).toBe(7);
  expect(() => quantile([], 0.5)).toThrow();
});

test('the median lies between the two middle ones of an even number', () => {
  expect(spreadOf([9, 1, 3])).toEqual({ median: 3, min: 1, max: 9, rounds: 3 });
  expect(spreadOf([4, 1, 3, 2]).median).toBe(2.5);
});

test('a ratio is taken within each round, not of the medians', () => {
  expect(ratiosOf([10, 100, 30], [20, 50, 10])).toEqual({ median: 2, min: 0.5, max: 3, rounds: 3 });
  expect(() => ratiosOf([1], [1, 2])).toThrow();
});

test('arms take turns', async () => {
  const order: string[] = [];
  const arm = (name: 'a' | 'b') => ({ name, round: async (round: number) => order.push(`${name}${round}`) });
  const samples = await alternate([arm('a'), arm('b')], 2);
  expect(order).toEqual(['a0', 'b0', 'a1', 'b1']);
  expect(samples).toEqual({ a: [1, 3], b: [2, 4] });
});

test('clients do every item once, no more than their number at a time', async () => {
  const done: number[] = [];
  let running = 0;
  let most = 0;
  await runClients([...Array(20).keys()], 4, async (item) => {
    most = Math.max(most, ++running);
    await sleep(1);
    running -= 1;
    done.push(item);
  });
  expect(most).toBe(4);
  expect(done.toSorted((a, b) => a - b)).toEqual([...Array(20).keys()]);
});

test('a stall counts against everything that was planned meanwhile', async () => {
  let free = Promise.resolve();
  // One at a time, and the first takes 200 ms: ten that were planned 10 ms apart wait for it.
  const latencies = await runSchedule(
    [...Array(10).keys()],
    100,
    (item) => (free = free.then(() => sleep(item === 0 ? 200 : 0)).then(() => {})),
  );
  expect(latencies[0]).toBeGreaterThan(190);
  expect(latencies[5]).toBeGreaterThan(120);
  expect(latencies[9]).toBeGreaterThan(80);
});
