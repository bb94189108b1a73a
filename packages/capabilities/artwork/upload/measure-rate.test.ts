import { expect, test } from 'vitest';
import { measureRate } from './measure-rate.ts';

test('the rate is of the last seconds: a rest before, or a fast beginning, is forgotten', () => {
  let now = 0;
  const rate = measureRate(() => now);
  rate.add(1_000_000);
  expect(rate.perSecond()).toBe(0);
  const send = (seconds: number, perSecond: number) => {
    for (let i = 0; i < seconds * 10; i += 1) {
      now += 100;
      rate.add(perSecond / 10);
    }
  };
  send(3, 500_000);
  expect(rate.perSecond()).toBeCloseTo(500_000, -4);
  now += 60_000;
  expect(rate.perSecond()).toBe(0);
  send(10, 2_000_000);
  expect(rate.perSecond()).toBeCloseTo(2_000_000, -5);
  rate.reset();
  expect(rate.perSecond()).toBe(0);
});
