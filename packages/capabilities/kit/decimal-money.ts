/** How many decimals a currency is written with: 2 for EUR, none for JPY, 3 for KWD. The same source that screens format by. */
export function currencyDecimals(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

const known = new Set(Intl.supportedValuesOf('currency'));

/** `EUR`, but not `EUT`: a well-formed code that nobody pays with is a typing error. */
export const isCurrency = (code: string): boolean => known.has(code);

export type MinorAmount = { ok: true; minor: number } | { ok: false; sentence: string };

const DECIMAL = /^(\d{1,13})(?:[.,](\d{1,12}))?$/;

/**
 * Reads a decimal amount such as `19.99`, `19,99` or `1200` into whole minor units, by its digits and never through a float. One
 * separator at most: in `1.999,00` nobody can say which is which. Digits the currency does not have must be zeros.
 */
export function parseMinor(text: string, currency: string): MinorAmount {
  const [, whole, fraction = ''] = DECIMAL.exec(text) ?? [];
  if (whole === undefined) return { ok: false, sentence: 'An amount such as 19.99 is needed: digits and one decimal point or comma.' };
  const decimals = currencyDecimals(currency);
  if (/[1-9]/.test(fraction.slice(decimals))) {
    const form = decimals === 0 ? 'no decimals' : `${decimals} decimals`;
    return { ok: false, sentence: `${currency} has ${form}: “${text}” has more. Write thousands without a separator.` };
  }
  const minor = Number(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
  return Number.isSafeInteger(minor) ? { ok: true, minor } : { ok: false, sentence: 'This amount is too large.' };
}

/** The reverse: `19.99` of 1999, with a point, for files that machines read. */
export function formatMinor(minor: number, currency: string): string {
  const decimals = currencyDecimals(currency);
  if (decimals === 0) return String(minor);
  const digits = String(minor).padStart(decimals + 1, '0');
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
