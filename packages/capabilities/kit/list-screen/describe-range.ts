import { formatDay } from '@windlass/ui/format';
import { type DateRange, startOf } from './date-range.ts';

export const dayChoices: Record<string, string> = { 1: 'Today', 7: 'Last 7 days', 30: 'Last 30 days' };

/** "Last 7 days", "1 Nov 2026 to 30 Nov 2026". Undefined: whenever. */
export function describeRange({ days, from, to }: DateRange): string | undefined {
  if (days) return dayChoices[days];
  const [first, last] = [from, to].map((day) => day && formatDay(startOf(day)!));
  if (first && last) return first === last ? first : `${first} to ${last}`;
  if (first) return `From ${first}`;
  return last && `Until ${last}`;
}
