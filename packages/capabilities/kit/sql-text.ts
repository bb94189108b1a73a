import type { Span } from './inputs.ts';

/** SQL for ISO 8601 in UTC with milliseconds, as every contract writes a time. */
export const iso = (column: string): string => `to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/**
 * SQL for a time within a span. Both ends are always there, so that a statement is one whatever is asked; `bind` puts a
 * value among the statement's own.
 */
export const withinSql = (column: string, { from, before }: Span, bind: (value: unknown) => string): string =>
  `${column} >= ${bind(from ?? '-infinity')}::timestamptz and ${column} < ${bind(before ?? 'infinity')}::timestamptz`;

const CAP = 1000;

/** SQL that counts rows up to one more than the cap: a million rows cost what a thousand do. */
export const cappedCountSql = (from: string): string =>
  `(select count(*)::int from (select 1 ${from} limit ${CAP + 1}) x)`;

/** What was counted, as contracts say it. */
export const toCappedCount = (counted: number): { count: number; more: boolean } => ({
  count: Math.min(counted, CAP),
  more: counted > CAP,
});
