import { formatDuration } from '@windlass/ui/format';
import type { StatusBadge } from '@windlass/ui/status-chip';
import type { Measures } from '../contract.ts';

export type Budget = Measures['budgets'][number];

export const PERCENTILES = {
  p50: 'half of them took at most this long',
  p95: '95 of 100 took at most this long',
} as const;

/** Judged by the slow ones: 95 of 100 are to be within. */
export const isOver = ({ p95, budgetMs }: Budget): boolean => p95 !== null && p95 > budgetMs;

export const time = (ms: number | null): string => (ms === null ? '–' : formatDuration(ms));

/** "Half of them took under 1.2 s (p50), 95 of 100 under 3.4 s (p95)." */
export const describeFigures = ({ p50, p95 }: Budget): string =>
  p50 === null || p95 === null
    ? 'Nothing was measured in the last 24 hours.'
    : `Half of them took under ${formatDuration(p50)} (p50), 95 of 100 under ${formatDuration(p95)} (p95).`;

export function budgetBadge(budget: Budget): StatusBadge {
  if (budget.p95 === null) return { tone: 'neutral', icon: 'circle', label: 'Not measured' };
  return isOver(budget)
    ? { tone: 'warning', icon: 'alert', label: 'Over' }
    : { tone: 'success', icon: 'check', label: 'Within' };
}

/** The chip's verdict in words. */
export function describeVerdict(budget: Budget): string {
  const { p95, budgetMs } = budget;
  if (p95 === null) return describeFigures(budget);
  const budgetWords = `the budget is ${formatDuration(budgetMs)}`;
  return `95 of 100 took under ${formatDuration(p95)}; ${budgetWords}: ${formatDuration(Math.abs(p95 - budgetMs))} ${isOver(budget) ? 'over' : 'to spare'}`;
}

/** The screen's answer. */
export function describeBudgets(budgets: readonly Budget[]): string {
  const over = budgets.filter(isOver);
  if (budgets.every(({ count }) => count === 0)) return 'Nothing to measure yet: approve an order';
  if (over.length === 0) return 'Everything within its budget';
  return over.length === 1
    ? `Over its budget: ${over[0]!.title.replace(/^./, (letter) => letter.toLowerCase())}`
    : `${over.length} steps are over their budget`;
}
