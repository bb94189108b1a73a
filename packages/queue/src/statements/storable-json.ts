/**
 * JSON that PostgreSQL takes: it refuses NUL and half a surrogate pair, which a mail server's reply or a web page may
 * hold, and with one such text it would refuse the whole batch.
 */
export const storableJson = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? storableText(part) : part));

export const storableText = (text: string): string => text.toWellFormed().replaceAll('\0', '\u{fffd}');
