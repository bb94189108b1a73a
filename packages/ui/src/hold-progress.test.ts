import { expect, it } from 'vitest';
import { holdProgress } from './hold-progress.tsx';
import type { HeldProgress } from './hold-progress.tsx';

const shown = (values: (number | null)[], key = 'import'): (number | null)[] => {
  let held: HeldProgress | null = null;
  return values.map((value) => {
    held = holdProgress(held, { key, value, done: false });
    return held.share;
  });
};

it('a bar never goes back for the same work', () => {
  expect(shown([0.1, 0.5, 0.3, 0.6, 0])).toEqual([0.1, 0.5, 0.5, 0.6, 0.6]);
});

it('a bar is never full while work goes on', () => {
  const shares = shown([0.5, 1, 7]);
  expect(Math.max(...shares.map(Number))).toBeLessThan(1);
});

it('a share once shown does not turn unknown again', () => {
  expect(shown([null, 0.4, null])).toEqual([null, 0.4, 0.4]);
});

it('done fills the bar, and it stays full', () => {
  const full = holdProgress({ key: 'a', share: 0.4 }, { key: 'a', value: null, done: true });
  expect(full.share).toBe(1);
  expect(holdProgress(full, { key: 'a', value: 0.9, done: false }).share).toBe(1);
});

it('other work starts from its own beginning', () => {
  expect(holdProgress({ key: 'a', share: 0.9 }, { key: 'b', value: 0.1, done: false })).toEqual({
    key: 'b',
    share: 0.1,
  });
});

it('the same state is the same object, so that drawing settles', () => {
  const held = holdProgress(null, { key: 'a', value: 0.4, done: false });
  expect(holdProgress(held, { key: 'a', value: 0.2, done: false })).toBe(held);
  const full = holdProgress(held, { key: 'a', value: 1, done: true });
  expect(holdProgress(full, { key: 'a', value: 1, done: true })).toBe(full);
});
