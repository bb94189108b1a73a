/** SQL for ISO 8601 in UTC with milliseconds, as every contract writes a time. */
export const iso = (column: string): string => `to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const CAP = 1000;

/** SQL that counts rows up to one more than the cap: a million rows cost what a thousand do. */
export const cappedCountSql = (from: string): string =>
  `(select count(*)::int from (select 1 ${from} limit ${CAP + 1}) x)`;

/** What was counted, as contracts say it. */
export const toCappedCount = (counted: number): { count: number; more: boolean } => ({
  count: Math.min(counted, CAP),
  more: counted > CAP,
});
