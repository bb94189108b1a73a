import { isCurrency } from '../../../kit/decimal-money.ts';

/** What each sign may mean, the likeliest first, in lower case and without spaces. */
const SIGNS: ReadonlyMap<string, readonly string[]> = new Map([
  ['$', ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'MXN']],
  ['us$', ['USD']],
  ['c$', ['CAD']],
  ['ca$', ['CAD']],
  ['au$', ['AUD']],
  ['a$', ['AUD']],
  ['nz$', ['NZD']],
  ['€', ['EUR']],
  ['£', ['GBP']],
  ['¥', ['JPY', 'CNY']],
  ['zł', ['PLN']],
  ['kr', ['SEK', 'NOK', 'DKK']],
  ['₹', ['INR']],
]);
/** A longer cell is no amount. In characters. */
const MOST = 40;
const SIGNED = /^([^\d.,-]{0,5}?)\s*(\d(?:.*\d)?)\s*([^\d.,-]{0,5})$/;

type Signed = {
  digits: string;
  /** Of the sign; empty: none stands there, or one we do not know. */ currencies: readonly string[];
};

/**
 * `$1,433.66`, `12,00 €` and `EUR 12,00` as their digits and what their sign may mean. What is no such amount is left
 * as it stands.
 */
function readSigned(text: string): Signed {
  const [, before = '', digits, after = ''] = (text.length <= MOST && SIGNED.exec(text)) || [];
  const sign = (before + after).replace(/\s+/g, '').toLowerCase();
  const currencies = SIGNS.get(sign) ?? [sign.toUpperCase()].filter(isCurrency);
  return digits !== undefined && currencies.length > 0 && (before === '' || after === '')
    ? { digits, currencies }
    : { digits: text, currencies: [] };
}

/** The amount without its sign, if that may be this currency's; another sign stays, to be a fault. */
export function takeSignOff(text: string, currency: string): string {
  const { digits, currencies } = readSigned(text);
  return currencies.includes(currency) ? digits : text;
}

/** The currency an amount is in by its sign alone, as its own country means it; empty: it has none. */
export const currencyOf = (text: string): string => readSigned(text).currencies[0] ?? '';
