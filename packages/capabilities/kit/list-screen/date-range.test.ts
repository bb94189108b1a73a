import { expect, test } from 'vitest';
import { isOver, readRange, spanOf } from './date-range.ts';
import { describeRange } from './describe-range.ts';

const now = new Date(2026, 10, 30, 15, 20);
const at = (month: number, day: number) => new Date(2026, month - 1, day).toISOString();

test.each([
  [{ days: '1' }, { from: at(11, 30) }, 'Today'],
  [{ days: '7' }, { from: at(11, 24) }, 'Last 7 days'],
  [{ days: '30', from: '2026-01-01' }, { from: at(11, 1) }, 'Last 30 days'],
  [{ from: '2026-11-01', to: '2026-11-30' }, { from: at(11, 1), before: at(12, 1) }, '1 Nov 2026 to 30 Nov 2026'],
  [{ from: '2026-11-30', to: '2026-11-01' }, { from: at(11, 1), before: at(12, 1) }, '1 Nov 2026 to 30 Nov 2026'],
  [{ from: '2026-11-05', to: '2026-11-05' }, { from: at(11, 5), before: at(11, 6) }, '5 Nov 2026'],
  [{ from: '2026-11-05' }, { from: at(11, 5) }, 'From 5 Nov 2026'],
  [{ to: '2026-11-05' }, { before: at(11, 6) }, 'Until 5 Nov 2026'],
])('an address with %j asks for these days, and says so', (search, span, words) => {
  const range = readRange(search);
  expect(spanOf(range, now)).toEqual(span);
  expect(describeRange(range)).toBe(words);
});

test.each([
  {},
  { days: '8' },
  { days: 'constructor' },
  { from: '2026-02-31' },
  { from: 'yesterday', to: '30.11.2026' },
  { to: '0001-01-01' },
])('an address with %j asks for no days', (search) => {
  expect(spanOf(readRange(search), now)).toBeUndefined();
  expect(describeRange(readRange(search))).toBeUndefined();
});

test('a day of 23 or 25 hours ends where the next begins', () => {
  const { from, before } = spanOf(readRange({ from: '2026-03-29', to: '2026-03-29' }))!;
  expect([from, before]).toEqual([at(3, 29), at(3, 30)]);
});

test('only days that are over take nothing new', () => {
  for (const search of [{}, { days: '1' }, { from: '2026-11-01' }, { to: '2026-11-30' }, { to: '2027-01-01' }])
    expect(isOver(readRange(search), now), JSON.stringify(search)).toBe(false);
  expect(isOver(readRange({ to: '2026-11-29' }), now)).toBe(true);
});
