/** What stands in the place of what was erased. */
export const ERASED = 'erased';
/**
 * Whose order it was, once nobody is to know it any more. RFC 2606: no mail server will ever take mail for .invalid.
 */
export const ERASED_NAME = 'Erased customer';
export const ERASED_ADDRESS = 'erased@erased.invalid';

/** A person to forget: the orders that are theirs, and every text that names them or is their own words. */
export type ForgottenPerson = {
  shopId: string;
  /** In lower case. */
  address: string;
  orderIds: readonly string[];
  /** Names, spellings of the address, notes, names of files. */
  texts: readonly string[];
};

export type Scrub = {
  text: <Text extends string | null>(text: Text) => Text;
  json: (value: unknown) => unknown;
};

/** Fewer letters than this stand in too many words: they are only taken out where they are the whole text. */
const LEAST = 3;

/**
 * Takes these texts out of others, whatever their case; a name only as a word of its own, so that "Ann" leaves "Annual"
 * alone.
 */
export function scrubOf(texts: readonly string[]): Scrub {
  const all = [...new Set(texts.map((text) => text.trim()).filter(Boolean))].toSorted((a, b) => b.length - a.length);
  const whole = new Set(all.map((text) => text.toLowerCase()));
  const long = all.filter((text) => text.length >= LEAST);
  const pattern = long.length > 0 ? new RegExp(long.map(asWord).join('|'), 'giu') : undefined;
  const change = (text: string): string =>
    whole.has(text.trim().toLowerCase()) ? ERASED : pattern ? text.replace(pattern, ERASED) : text;
  const json = (value: unknown): unknown => {
    if (typeof value === 'string') return change(value);
    if (Array.isArray(value)) return value.map(json);
    if (value !== null && typeof value === 'object')
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, json(one)]));
    return value;
  };
  return { text: (text) => (text === null ? text : (change(text) as typeof text)), json };
}

const LETTER = '[\\p{L}\\p{N}]';
function asWord(text: string): string {
  const literal = text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  // The end of a longer address is another mailbox, and so is the beginning of a longer domain.
  if (text.includes('@')) return `(?<![\\p{L}\\p{N}._+-])${literal}(?![\\p{L}\\p{N}-]|\\.${LETTER})`;
  return `${/^[\p{L}\p{N}]/u.test(text) ? `(?<!${LETTER})` : ''}${literal}${/[\p{L}\p{N}]$/u.test(text) ? `(?!${LETTER})` : ''}`;
}

/** Does a text name this address, and not only a longer one that contains it? */
export const names = (text: string, address: string): boolean => new RegExp(asWord(address), 'iu').test(text);

/** A `like` pattern that finds a text anywhere, taken literally. */
export const anywhere = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;
