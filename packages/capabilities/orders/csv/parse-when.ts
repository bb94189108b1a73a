const DAY = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})(:\d{2}(?:\.\d{1,6})?)?\s*(?:(Z)|([+-]\d{2}):?(\d{2}))?$/i;

/**
 * `2026-11-22`, `2026-11-22 14:03` or ISO 8601 as a full ISO time, in UTC where no zone is given: an hour that summer
 * time skips somewhere is one like any other. Null: empty; undefined: no time, or one that no calendar has.
 */
export function parseWhen(cell: string): string | null | undefined {
  const text = cell.trim();
  if (text === '') return null;
  if (DAY.test(text)) return isDay(text) ? `${text}T00:00:00Z` : undefined;
  const [, day, time, seconds = ':00', , hours, minutes = '00'] = TIME.exec(text) ?? [];
  if (!day || !isDay(day)) return undefined;
  const when = `${day}T${time}${seconds}${hours ? `${hours}:${minutes}` : 'Z'}`;
  return Number.isNaN(Date.parse(when)) ? undefined : when;
}

/** Date.parse takes 30 February for 2 March. */
function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
