import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatMinor, isCurrency, parseMinor } from './decimal-money.ts';

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
  ['1300', 'HUF', 130_000],
  ['15000.50', 'COP', 1_500_050],
  ['1.250', 'IQD', 1250],
  ['0.500', 'EUR', 50],
  ['12000,000', 'EUR', 1_200_000],
])('%s %s is %i minor units', (text, currency, minor) => {
  expect(parseMinor(text, currency)).toEqual({ ok: true, minor });
});

test.each([
  ['1.999,00', 'EUR', 199_900],
  ['1,999.00', 'EUR', 199_900],
  ['1.234.567', 'EUR', 123_456_700],
  ['1,234,567.8', 'EUR', 123_456_780],
  ['1 000', 'EUR', 100_000],
  ['1\u00a0000,50', 'EUR', 100_050],
  ['1\u202f234', 'JPY', 1234],
  ['1’234.50', 'CHF', 123_450],
  ["1'234.50", 'CHF', 123_450],
  ['1,23,456.78', 'INR', 12_345_678],
  ['1,234.567', 'KWD', 1_234_567],
  ['1,200.00', 'JPY', 1200],
])('thousands are read where nothing else can be meant: %j %s is %i minor units', (text, currency, minor) => {
  expect(parseMinor(text, currency)).toEqual({ ok: true, minor });
});

test.each([
  ['1e3', 'EUR'],
  ['-1', 'EUR'],
  ['', 'EUR'],
  ['0.5', 'JPY'],
  ['1.2345', 'KWD'],
  ['1.234,567', 'EUR'],
  ['1,234.50', 'JPY'],
  ['1.23.456', 'EUR'],
  ['1,234,56', 'EUR'],
  ['1.234.50', 'EUR'],
  ['NaN', 'EUR'],
  ['٣', 'EUR'],
  ['9007199254740993', 'EUR'],
  ['€5', 'EUR'],
  ['.5', 'EUR'],
  ['5.', 'EUR'],
])('%j %s is refused, never guessed', (text, currency) => {
  expect(parseMinor(text, currency)).toMatchObject({ ok: false, sentence: expect.any(String) });
});

const grouped = fc
  .tuple(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 0, max: 999 }))
  .map(([thousands, rest]) => [String(thousands), String(rest).padStart(3, '0')] as const);

test('three digits after the only separator are a fault that says how to write thousands, in every currency and never a smaller amount', () => {
  fc.assert(
    fc.property(
      grouped,
      fc.constantFrom('.', ','),
      fc.constantFrom('EUR', 'USD', 'HUF', 'JPY', 'CLP', 'KRW', 'CLF'),
      ([thousands, rest], separator, currency) => {
        expect(parseMinor(`${thousands}${separator}${rest}`, currency)).toEqual({
          ok: false,
          sentence: expect.stringContaining(`Thousands have no separator: write ${thousands}${rest}`),
        });
      },
    ),
  );
  fc.assert(
    fc.property(grouped, ([thousands, rest]) => {
      expect(parseMinor(`${thousands},${rest}`, 'KWD')).toEqual({
        ok: false,
        sentence: expect.stringContaining('Thousands have no separator'),
      });
    }),
  );
  expect(parseMinor('1,200', 'EUR')).toEqual({
    ok: false,
    sentence: '“1,200” can be read in two ways. Thousands have no separator: write 1200, or 1.20 if that is meant.',
  });
  expect(parseMinor('15.000', 'CLP')).toEqual({
    ok: false,
    sentence: '“15.000” can be read in two ways. Thousands have no separator: write 15000.',
  });
});

test('where the decimal sign is known, the same text has one meaning', () => {
  expect(
    [
      parseMinor('1,200', 'EUR', '.'),
      parseMinor('1,200', 'EUR', ','),
      parseMinor('1.200', 'EUR', '.'),
      parseMinor('1,250.00', 'USD', '.'),
      parseMinor('12,000', 'JPY', '.'),
    ].map((read) => read.ok && read.minor),
  ).toEqual([120_000, 120, 120, 125_000, 12_000]);
  expect([parseMinor('1,25', 'EUR', '.'), parseMinor('1.234,50', 'EUR', '.')].map(({ ok }) => ok)).toEqual([
    false,
    false,
  ]);
});

test('any amount in any currency survives being written and read', () => {
  const amounts = fc.integer({ min: 0, max: 1_000_000_000_000 });
  fc.assert(
    fc.property(amounts, fc.constantFrom('EUR', 'USD', 'JPY', 'KWD', 'BHD', 'CLP', 'HUF', 'IQD'), (minor, currency) => {
      expect(parseMinor(formatMinor(minor, currency), currency)).toEqual({ ok: true, minor });
    }),
  );
});

test('a currency is known by what it is, not by its form', () => {
  expect([isCurrency('EUR'), isCurrency('KWD'), isCurrency('EUT'), isCurrency('eur')]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
