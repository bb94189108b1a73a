/**
 * Nothing to see, whatever stands beside it: spaces of every width, zero-width space, marks of direction, soft hyphen,
 * fillers.
 */
const BLANK = /[\u034f\s\p{Zs}\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2060-\u2065\u2800\u3164\ufeff\uffa0]/u;
/**
 * Those within a text too, and what only changes its neighbours: joiners, variation selectors. A plain space is seen.
 */
const INVISIBLE = /[^ \P{Zs}]|[\p{Default_Ignorable_Code_Point}\u2800]/u;
const VISIBLE = /[^\s\p{Zs}\p{Default_Ignorable_Code_Point}\u2800]/u;

/**
 * Without what is not seen at its ends. Joiners, variation selectors and what turns the direction stay: they belong to
 * the letters beside them. Linear, where /x+$/ is quadratic.
 */
export function trimInvisible(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && BLANK.test(text[start]!)) start += 1;
  while (end > start && BLANK.test(text[end - 1]!)) end -= 1;
  return text.slice(start, end);
}

/** Is there a character in it that nobody sees? Two such texts look alike, and are not the same. */
export const holdsInvisible = (text: string): boolean => INVISIBLE.test(text);

export const hasVisible = (text: string): boolean => VISIBLE.test(text);
