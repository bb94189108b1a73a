/**
 * Control characters that are no white space, and halves of characters: PostgreSQL takes neither, and nobody can read
 * them.
 */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const UNREADABLE = /[\p{Cs}\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f]/gu;

/**
 * Of what somebody else's system wrote, the part that can be kept: at most `most` code units, and no half of a
 * character at the cut.
 */
const keep = (text: string, most: number): string =>
  text
    .slice(0, most)
    .replace(/\p{Cs}$/u, '')
    .trim();

/** As one line. What cannot be read is left out; line breaks and tabs become a space. */
export const cleanLine = (text: string, most: number): string =>
  keep(
    text
      .replace(UNREADABLE, '')
      .normalize('NFC')
      .replace(/[\s\u0085]+/g, ' ')
      .trim(),
    most,
  );

/** With its lines. */
export const cleanText = (text: string, most: number): string =>
  keep(
    text
      .replace(UNREADABLE, '')
      .normalize('NFC')
      .replace(/[\v\f\u0085\u2028\u2029]/g, '\n')
      .trim(),
    most,
  );
