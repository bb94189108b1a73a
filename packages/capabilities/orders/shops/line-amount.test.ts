import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineAmount } from './line-amount.ts';

const total = (plus: string[], currency: string) => lineAmount(1, { plus, minus: [] }, currency);

test.each<[string[], string, object]>([
  [['10.0833', '1.9158'], 'EUR', { minor: 1200, cameAs: '11.9991' }],
  [['0.005'], 'EUR', { minor: 1, cameAs: '0.005' }],
  [['0.0049999999999999'], 'EUR', { minor: 0, cameAs: '0.0049999999999999' }],
  [['1.00', '2.0000'], 'EUR', { minor: 300 }],
  [['1023.62', '276.38'], 'HUF', { minor: 130_000 }],
  [['15000.50'], 'COP', { minor: 1_500_050 }],
  [['999.60'], 'JPY', { minor: 1000, cameAs: '999.6' }],
  [['1.2345'], 'KWD', { minor: 1235, cameAs: '1.2345' }],
])('%j %s', (plus, currency, expected) => {
  expect(total(plus, currency)).toEqual(expected);
});

test('however an amount is cut into parts, it is rounded once: never more than half a minor unit from the whole', () => {
  const part = fc.integer({ min: 0, max: 99_999_999 }).map((tenThousandths) => ({
    tenThousandths,
    text: `${Math.floor(tenThousandths / 10_000)}.${String(tenThousandths % 10_000).padStart(4, '0')}`,
  }));
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 20 }), (parts) => {
      const whole = parts.reduce((sum, { tenThousandths }) => sum + tenThousandths, 0);
      expect(
        total(
          parts.map(({ text }) => text),
          'EUR',
        )?.minor,
      ).toBe(Math.floor((whole + 50) / 100));
    }),
  );
});

test.each(['1,200', '-1', '', '1e3', 'NaN', '1.', '.5', ' 1', '9007199254740993'])('%j is no amount', (text) => {
  expect(total([text], 'EUR')).toBeUndefined();
});

test('a price counts for each piece, and discounts may not take more than there is', () => {
  expect(lineAmount(3, { unit: '4.50', plus: ['0.30'], minus: ['1.80'] }, 'EUR')).toEqual({ minor: 1200 });
  expect(lineAmount(1, { unit: '1', plus: [], minus: ['1.001'] }, 'EUR')).toBeUndefined();
});
