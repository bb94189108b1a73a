const DAY = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})(:\d{2}(?:\.\d{1,6})?)?\s*(Z|[+-]\d{2}:\d{2})?$/i;

/** `2026-11-22`, `2026-11-22 14:03` or ISO 8601 as a full ISO time, in UTC where no zone is given. Null: empty; undefined: no time. */
export function parseWhen(cell: string): string | null | undefined {
  const text = cell.trim();
  if (text === '') return null;
  if (DAY.test(text)) return `${text}T00:00:00Z`;
  const [, day, time, seconds = ':00', zone = 'Z'] = TIME.exec(text) ?? [];
  return day && `${day}T${time}${seconds}${zone.toUpperCase()}`;
}
