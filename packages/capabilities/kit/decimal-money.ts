import { minorUnitsOf } from '@windlass/config/minor-units';

/** Also those withdrawn since: files hold orders of years ago. */
const known = new Set(Intl.supportedValuesOf('currency'));

/** `EUR`, but not `EUT`: a well-formed code that nobody pays with is a typing error. */
export const isCurrency = (code: string): boolean => known.has(code);

export type MinorAmount = { ok: true; minor: number } | { ok: false; sentence: string };
export type DecimalSign = '.' | ',';
type Reading = { whole: string; fraction: string };

const PLAIN = /^(\d{1,13})(?:([.,])(\d{1,12}))?$/;
/** Thousands in groups, as in `1,234.50`, `1.234,50`, `1 234`, `1’234.50`. A group never begins an amount with 0. */
const GROUPED = /^([1-9]\d{0,2}(?:([.,'’ \u00a0\u2009\u202f])\d{3})(?:\2\d{3}){0,3})(?:([.,])(\d{1,12}))?$/;
/** As in India: `1,23,456.78`. */
const LAKHS = /^([1-9]\d?(?:,\d{2}){1,5}(,)\d{3})(?:(\.)(\d{1,12}))?$/;

/**
 * Reads a decimal amount such as `19.99`, `19,99`, `1200` or `1.234,50` into whole minor units, by its digits and never
 * through a float. What can be read in two ways is refused: `1,200` is twelve hundred to one and a little more than one
 * to another. `decimal` settles it where the program that wrote the amount is known. Digits the currency does not have
 * must be zeros.
 */
export function parseMinor(text: string, currency: string, decimal?: DecimalSign): MinorAmount {
  const decimals = minorUnitsOf(currency);
  const [plain, grouped] = readings(text, decimal);
  // A point and three digits are how currencies of three decimals are written, by our own export too.
  const settled = plain && grouped && decimals === 3 && text.includes('.') ? plain : undefined;
  const reading = settled ?? grouped ?? plain;
  if (!reading)
    return { ok: false, sentence: 'An amount such as 19.99 is needed: digits and one decimal point or comma.' };
  if (plain && grouped && !settled) {
    const small = toMinor(plain, decimals);
    const other = decimals > 0 && small !== undefined ? `, or ${formatMinor(small, currency)} if that is meant` : '';
    return {
      ok: false,
      sentence: `“${text}” can be read in two ways. Thousands have no separator: write ${grouped.whole}${other}.`,
    };
  }
  const minor = toMinor(reading, decimals);
  if (minor === undefined) {
    const form = decimals === 0 ? 'no decimals' : `${decimals} decimals`;
    return { ok: false, sentence: `${currency} has ${form}: “${text}” has more.` };
  }
  return Number.isSafeInteger(minor) ? { ok: true, minor } : { ok: false, sentence: 'This amount is too large.' };
}

/** As an amount without thousands, and as one with them; undefined where it cannot be read so. */
function readings(text: string, decimal: DecimalSign | undefined): [Reading | undefined, Reading | undefined] {
  const [, whole, sign, fraction = ''] = PLAIN.exec(text) ?? [];
  const plain = whole !== undefined && (!sign || !decimal || sign === decimal) ? { whole, fraction } : undefined;
  const [, groups, separator, mark, rest = ''] = GROUPED.exec(text) ?? LAKHS.exec(text) ?? [];
  const fits =
    groups !== undefined && separator !== mark && separator !== decimal && (!mark || !decimal || mark === decimal);
  return [plain, fits ? { whole: groups.replace(/\D/g, ''), fraction: rest } : undefined];
}

/** Undefined where digits would be lost. */
function toMinor({ whole, fraction }: Reading, decimals: number): number | undefined {
  return /[1-9]/.test(fraction.slice(decimals))
    ? undefined
    : Number(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
}

/** The reverse: `19.99` of 1999, with a point, for files that machines read. */
export function formatMinor(minor: number, currency: string): string {
  const decimals = minorUnitsOf(currency);
  if (decimals === 0) return String(minor);
  const digits = String(minor).padStart(decimals + 1, '0');
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
