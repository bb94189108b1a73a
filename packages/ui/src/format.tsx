import { minorUnitsOf } from '@windlass/config/minor-units';

/** English, day before month, 24 hours: one way of writing on every screen, whatever the browser speaks. */
const locale = 'en-GB';
const wholeNumber = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const absolute = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
const dayAndMonth = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
const dayMonthYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' });

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** "1,204". */
export const formatCount = (count: number): string => wholeNumber.format(count);

/** "1 order", "1,204 orders". The plural is written out where it is not an added s. */
export const formatCountOf = (count: number, singular: string, plural = `${singular}s`): string =>
  `${formatCount(count)} ${count === 1 ? singular : plural}`;

/**
 * A length of time in its two largest sensible figures: "12 ms", "3.4 s", "2 min", "2 min 5 s", "1 h 4 min", "3 d 2 h".
 */
export function formatDuration(ms: number): string {
  if (ms < second) return `${Math.max(0, Math.round(ms))} ms`;
  // 9.95 s and 59.5 s would round to "10.0 s" and "60 s": the next form takes over from there.
  if (ms < 9.95 * second) return `${(ms / second).toFixed(1)} s`;
  if (ms < 59.5 * second) return `${Math.round(ms / second)} s`;
  type Unit = readonly [ms: number, name: string];
  const two = ([large, largeName]: Unit, [small, smallName]: Unit): string => {
    const parts = Math.round(ms / small);
    const whole = Math.floor((parts * small) / large);
    const rest = Math.round((parts * small - whole * large) / small);
    return rest === 0 ? `${whole} ${largeName}` : `${whole} ${largeName} ${rest} ${smallName}`;
  };
  if (ms < 59.5 * minute) return two([minute, 'min'], [second, 's']);
  if (ms < 23.5 * hour) return two([hour, 'h'], [minute, 'min']);
  return two([day, 'd'], [hour, 'h']);
}

/** Decimal bytes, as disks and providers count them: "980 B", "40 kB", "104.9 MB", "1.2 GB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${Math.round(bytes)} B`;
  const units = ['kB', 'MB', 'GB', 'TB', 'PB'];
  let value = bytes / 1_000;
  let unit = 0;
  while (value >= 999.95 && unit < units.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  const figures = unit === 0 ? Math.round(value).toString() : value.toFixed(1).replace(/\.0$/, '');
  return `${figures} ${units[unit]}`;
}

/** Money from minor units after ISO 4217 (cents; none for yen): formatMoney(1250, 'USD') is "$12.50". */
export function formatMoney(minorUnits: number, currency: string): string {
  const decimals = minorUnitsOf(currency);
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    ...digits,
  }).format(minorUnits / 10 ** decimals);
}

/** A share as whole percent, never rounded up to 100: 0.998 is "99 %". */
export const formatPercent = (share: number): string => `${share >= 1 ? 100 : Math.min(99, Math.round(share * 100))} %`;

/** "12 Mar 2026, 14:03:11", in the reader's own time zone. */
export const formatAbsolute = (at: Date): string => absolute.format(at);

/** "12 Mar 2026", for what falls on a day. */
export const formatDay = (at: Date): string => dayMonthYear.format(at);

/**
 * "just now", "12 s ago", "3 min ago", "2 h ago", "4 d ago", "in 23 h"; beyond a week the date: "12 Mar", "12 Mar
 * 2025".
 */
export function formatRelative(at: Date, now: number): string {
  const distance = now - at.getTime();
  const away = Math.abs(distance);
  if (away >= 7 * day)
    return (at.getFullYear() === new Date(now).getFullYear() ? dayAndMonth : dayMonthYear).format(at);
  // Clocks of server and browser differ by a little: an event of "in 2 s" happened just now.
  if (away < 3 * second) return 'just now';
  const [size, unit] =
    away < minute ? [second, 's'] : away < hour ? [minute, 'min'] : away < day ? [hour, 'h'] : [day, 'd'];
  const figure = `${Math.floor(away / (size as number))} ${unit}`;
  return distance < 0 ? `in ${figure}` : `${figure} ago`;
}
