/**
 * Without the spaces around it, and only those: what else is invisible is to be seen and refused. Linear, where / +$/
 * is quadratic.
 */
export function trimSpaces(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text[start] === ' ') start += 1;
  while (end > start && text[end - 1] === ' ') end -= 1;
  return text.slice(start, end);
}
