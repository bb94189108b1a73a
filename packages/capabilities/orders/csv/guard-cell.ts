/** What a spreadsheet takes for a formula, or lets slip into the next cell: also its full-width forms. */
const FORMULA = '=+\\-@\\t\\r\\n＝＋－＠';
/** Apostrophes in front are covered too, so that taking one off again is always right. */
const NEEDS_GUARD = new RegExp(`^'*[${FORMULA}]`);
const GUARDED = new RegExp(`^'+[${FORMULA}]`);

/** A cell as it is written: quoted, and with an apostrophe where a spreadsheet would run it. */
export function writeCell(text: string): string {
  const guarded = NEEDS_GUARD.test(text) ? `'${text}` : text;
  return `"${guarded.replaceAll('"', '""')}"`;
}

/** Takes the apostrophe off again that `writeCell` put there; nothing else. */
export const unguardCell = (text: string): string => (GUARDED.test(text) ? text.slice(1) : text);

/**
 * What a cell says: without our apostrophe, or, of ="0012", by which other programs keep a spreadsheet from reckoning,
 * 0012.
 */
export function plainCell(text: string): string {
  const isText = text.length > 2 && text.startsWith('="') && text.endsWith('"');
  return isText ? text.slice(2, -1).replaceAll('""', '"') : unguardCell(text);
}
