const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const isoDay = (year: string, month: string, day: string): string =>
  `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;

/** `09/03/26` as 2026-09-03, for programs that put the month first whoever writes; anything else as it stands. */
export function monthFirst(text: string): string {
  const [, month, day, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})$/.exec(text) ?? [];
  return month && day && year ? isoDay(year, month, day) : text;
}

/** `Jul-21-26` as 2026-07-21; anything else as it stands. */
export function monthByName(text: string): string {
  const [, name, day, year] = /^([a-z]{3})-(\d{1,2})-(\d{4}|\d{2})$/i.exec(text) ?? [];
  const month = MONTHS.indexOf(name?.toLowerCase() ?? '') + 1;
  return month > 0 && day && year ? isoDay(year, String(month), day) : text;
}
