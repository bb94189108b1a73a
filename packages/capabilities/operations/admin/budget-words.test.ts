import { expect, it } from 'vitest';
import { type Budget, budgetBadge, describeBudgets, describeFigures, describeVerdict } from './budget-words.ts';

const budget: Budget = {
  name: 'sendMail',
  title: 'Talking to the mail server',
  before: '10 s to 5 min',
  budgetMs: 3_000,
  count: 40,
  p50: 1_200,
  p95: 3_400,
  worst: 5_000,
  over: 4,
};
const within = { ...budget, p95: 2_000 };
const unmeasured = { ...budget, count: 0, p50: null, p95: null, worst: null, over: 0 };

it('a budget is told in people’s words: how long half took, how long 95 of 100, within or over', () => {
  expect(describeFigures(budget)).toBe('Half of them took under 1.2 s (p50), 95 of 100 under 3.4 s (p95).');
  expect([budgetBadge(budget).label, describeVerdict(budget)]).toEqual([
    'Over',
    '95 of 100 took under 3.4 s; the budget is 3.0 s: 400 ms over',
  ]);
  expect([budgetBadge(within).label, describeVerdict(within)]).toEqual([
    'Within',
    '95 of 100 took under 2.0 s; the budget is 3.0 s: 1.0 s to spare',
  ]);
  expect([budgetBadge(unmeasured).label, describeVerdict(unmeasured)]).toEqual([
    'Not measured',
    'Nothing was measured in the last 24 hours.',
  ]);
});

it('the answer names the one step that is over, or says how many', () => {
  expect(describeBudgets([within, unmeasured])).toBe('Everything within its budget');
  expect(describeBudgets([budget, within])).toBe('Over its budget: talking to the mail server');
  expect(describeBudgets([budget, budget])).toBe('2 steps are over their budget');
  expect(describeBudgets([unmeasured])).toBe('Nothing to measure yet: approve an order');
});
