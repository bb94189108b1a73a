import { minorUnitsOf } from '@windlass/config/minor-units';

/** What a line costs: `unit` times its pieces, and `plus`, less `minus`, as machines write decimals. */
export type LineCost = { unit?: string; plus: readonly string[]; minus: readonly string[] };
/** In whole minor units; `cameAs`: the decimal that was rounded to them. */
export type LineAmount = { minor: number; cameAs?: string };

/** Behind the point, while adding: shops write what their reckoning left, however many digits. */
const DIGITS = 20;
const DECIMAL = new RegExp(`^(\\d{1,13})(?:\\.(\\d{1,${DIGITS}}))?$`);

/**
 * Adds up a line to the last digit and rounds once, half a minor unit upwards: 10.0833 and 1.9158 of tax are 12.00, not
 * 10.08 and 1.92. Undefined where a part is no amount, the whole is less than nothing, or too large to be exact.
 */
export function lineAmount(
  pieces: number,
  { unit = '0', plus, minus }: LineCost,
  currency: string,
): LineAmount | undefined {
  const [each, more, less] = [[unit], plus, minus].map(sum);
  if (each === undefined || more === undefined || less === undefined) return undefined;
  const exact = BigInt(pieces) * each + more - less;
  const oneMinor = 10n ** BigInt(DIGITS - minorUnitsOf(currency));
  const minor = Number((exact + oneMinor / 2n) / oneMinor);
  if (exact < 0n || !Number.isSafeInteger(minor)) return undefined;
  return exact % oneMinor === 0n ? { minor } : { minor, cameAs: toText(exact) };
}

function sum(amounts: readonly string[]): bigint | undefined {
  let total = 0n;
  for (const text of amounts) {
    const [, whole, fraction = ''] = DECIMAL.exec(text) ?? [];
    if (whole === undefined) return undefined;
    total += BigInt(whole + fraction.padEnd(DIGITS, '0'));
  }
  return total;
}

function toText(exact: bigint): string {
  const digits = String(exact).padStart(DIGITS + 1, '0');
  return `${digits.slice(0, -DIGITS)}.${digits.slice(-DIGITS).replace(/0+$/, '')}`;
}
