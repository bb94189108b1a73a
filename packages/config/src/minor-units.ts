/** ISO 4217 (list one, January 2026): the currencies whose smallest unit is not a hundredth, by its decimals. */
const exceptions = new Map<string, number>([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map((code) => [code, 0] as const),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3] as const),
  ...'CLF UYW'.split(' ').map((code) => [code, 4] as const),
]);

/**
 * How many decimals the minor unit of a currency has: 2 for EUR and HUF, none for JPY, 3 for KWD. Not Intl's figure: it
 * follows CLDR, which counts the coins in use (none for HUF, COP, IDR), and changes with the runtime, so that server
 * and browser could tell one amount apart.
 */
export const minorUnitsOf = (currency: string): number => exceptions.get(currency) ?? 2;
