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
