import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { subscribeToSeconds } from './every-second.tsx';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('any number of listeners share one timer, and none is left when the last has gone', () => {
  const calls: string[] = [];
  const leaves = ['a', 'b', 'c'].map((name) => subscribeToSeconds(() => calls.push(name)));
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(1_000);
  expect(calls).toEqual(['a', 'b', 'c']);
  for (const leave of leaves) leave();
  expect(vi.getTimerCount()).toBe(0);
});
