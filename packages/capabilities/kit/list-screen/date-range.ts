import type { UrlSearch } from '../url-search.ts';

/**
 * Days of a list as its address names them: today and so many before, or from one day to another, both included. A shop
 * has no time zone of its own: days begin at midnight where the reader is, also where a link is opened by somebody else.
 */
export type DateRange = { days: string | undefined; from: string | undefined; to: string | undefined };

/** How many days back, today included. */
const dayCounts: readonly (string | undefined)[] = ['1', '7', '30'];

/** Midnight at the beginning of a day, or of one so many days after; undefined: there is no such day. */
export function startOf(day: string, plus = 0): Date | undefined {
  const [, year, month, date] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? []).map(Number);
  if (year === undefined || year < 1971 || year > 2098) return undefined;
  const start = new Date(year, month! - 1, date!);
  if (start.getMonth() !== month! - 1 || start.getDate() !== date) return undefined;
  return new Date(year, month! - 1, date! + plus);
}

/** What of an address is a range: the rest counts as not said. */
export function readRange({ days, from, to }: UrlSearch): DateRange {
  if (dayCounts.includes(days)) return { days, from: undefined, to: undefined };
  const known = (day: string | undefined) => (day !== undefined && startOf(day) ? day : undefined);
  const [first, last] = [known(from), known(to)];
  const turned = first !== undefined && last !== undefined && first > last;
  return { days: undefined, from: turned ? last : first, to: turned ? first : last };
}

/** As the server is asked: from this moment on, and before that one. Undefined: whenever. */
export function spanOf(
  { days, from, to }: DateRange,
  now = new Date(),
): { from?: string; before?: string } | undefined {
  if (days) {
    const first = new Date(now.getFullYear(), now.getMonth(), now.getDate() - (Number(days) - 1));
    return { from: first.toISOString() };
  }
  if (!from && !to) return undefined;
  return {
    ...(from && { from: startOf(from)!.toISOString() }),
    ...(to && { before: startOf(to, 1)!.toISOString() }),
  };
}

/** As an address says it again. */
export const rangeQuery = (range: DateRange): Record<string, string> =>
  Object.fromEntries(Object.entries(range).filter((entry): entry is [string, string] => entry[1] !== undefined));

/** Nothing new falls within: its last day is over. */
export const isOver = (range: DateRange, now = new Date()): boolean => {
  const { before } = spanOf(range, now) ?? {};
  return before !== undefined && new Date(before) <= now;
};
