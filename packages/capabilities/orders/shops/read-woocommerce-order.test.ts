import { expect, test } from 'vitest';
import { readShopOrder } from './read-shop-order.ts';

type Line = { name?: string; quantity?: number; total: string; total_tax?: string };
/** As WooCommerce sends it: quantities are numbers, amounts text. */
const read = (currency: string, ...lines: Line[]) => {
  const message = {
    id: 1,
    number: '1',
    currency,
    billing: { first_name: 'Ada', email: 'ada@example.com' },
    line_items: lines.map((line) => ({ sku: 'X', name: 'Velvet', quantity: 1, ...line })),
  };
  return readShopOrder('woocommerce', Buffer.from(JSON.stringify(message))).result;
};

test.each<[string, Line, object]>([
  ['HUF', { total: '1023.62', total_tax: '276.38' }, { lines: [{ quantity: 1, unitMinor: 130_000 }] }],
  ['COP', { total: '15000.50', total_tax: '0' }, { lines: [{ unitMinor: 1_500_050 }] }],
  [
    'EUR',
    { quantity: 3, total: '10.0833', total_tax: '1.9158' },
    { lines: [{ quantity: 3, unitMinor: 400 }], remarks: ['Rounded: 11.9991 to 12.00 (line 1).'] },
  ],
  ['USD', { total: '1.005' }, { lines: [{ unitMinor: 101 }], remarks: ['Rounded: 1.005 to 1.01 (line 1).'] }],
  ['JPY', { total: '999.5' }, { lines: [{ unitMinor: 1000 }], remarks: ['Rounded: 999.5 to 1000 (line 1).'] }],
])('%s %j is taken to its last digit, or rounded once and said', (currency, line, order) => {
  expect(read(currency, line)).toMatchObject({ ok: true, order });
});

test('an order whose amounts are as they are has no remark', () => {
  expect(read('EUR', { total: '10.00', total_tax: '1.90' })).not.toHaveProperty('order.remarks');
});

test('of many rounded lines the first are named and the others counted', () => {
  expect(read('EUR', ...Array.from({ length: 5 }, () => ({ total: '1.001' })))).toMatchObject({
    order: {
      remarks: ['Rounded: 1.001 to 1.00 (line 1), 1.001 to 1.00 (line 2), 1.001 to 1.00 (line 3), and 2 more lines.'],
    },
  });
});

test.each([0.5, 2.25, 1.5])('%d pieces are one line with its total, and the title says how much', (quantity) => {
  expect(read('EUR', { quantity, total: '3.00', total_tax: '0' })).toMatchObject({
    ok: true,
    order: { lines: [{ title: `${quantity} × Velvet`, quantity: 1, unitMinor: 300 }] },
  });
});

test.each([-1, -0.5])('%d pieces are refused', (quantity) => {
  expect(read('EUR', { quantity, total: '3.00' })).toMatchObject({ ok: false, code: 'NOT_VALID' });
});

test('titles are text, not HTML', () => {
  expect(read('EUR', { name: 'Free &amp; bold &ndash; 6&quot;', total: '0.00' })).toMatchObject({
    order: { lines: [{ title: 'Free & bold – 6"' }] },
  });
});
