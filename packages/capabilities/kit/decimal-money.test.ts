import fc from 'fast-check';
import { expect, test } from 'vitest';
import { currencyDecimals, formatMinor, isCurrency, parseMinor } from './decimal-money.ts';

test.each([
  ['19.99', 'EUR', 1999],
  ['19,99', 'EUR', 1999],
  ['1200', 'JPY', 1200],
  ['1200.00', 'JPY', 1200],
  ['1.234', 'KWD', 1234],
  ['1.5', 'KWD', 1500],
  ['0.1', 'EUR', 10],
  ['0.30', 'EUR', 30],
  ['999999999999.99', 'EUR', 99_999_999_999_999],
  ['29.9900000', 'EUR', 2999],
])('%s %s is %i minor units', (text, currency, minor) => {
  expect(parseMinor(text, currency)).toEqual({ ok: true, minor });
});

test.each([
  ['1e3', 'EUR'], ['-1', 'EUR'], ['', 'EUR'], ['1.999,00', 'EUR'], ['1 000', 'EUR'], ['1,999', 'EUR'], ['1,999', 'JPY'], ['0.5', 'JPY'], ['1.2345', 'KWD'],
  ['NaN', 'EUR'], ['٣', 'EUR'], ['9007199254740993', 'EUR'], ['€5', 'EUR'], ['.5', 'EUR'], ['5.', 'EUR'],
])('%j %s is refused, never guessed', (text, currency) => {
  expect(parseMinor(text, currency)).toMatchObject({ ok: false, sentence: expect.any(String) });
});

test('any amount in any currency survives being written and read', () => {
  const amounts = fc.integer({ min: 0, max: 1_000_000_000_000 });
  fc.assert(fc.property(amounts, fc.constantFrom('EUR', 'USD', 'JPY', 'KWD', 'BHD', 'CLP'), (minor, currency) => {
    expect(parseMinor(formatMinor(minor, currency), currency)).toEqual({ ok: true, minor });
  }));
});

test('a currency is known by what it is, not by its form', () => {
  expect([isCurrency('EUR'), isCurrency('KWD'), isCurrency('EUT'), isCurrency('eur')]).toEqual([true, true, false, false]);
  expect([currencyDecimals('JPY'), currencyDecimals('EUR'), currencyDecimals('KWD')]).toEqual([0, 2, 3]);
});
