import { expect, test } from 'vitest';
import { readFile } from '../read-file.ts';

type Line = Record<string, string>;
const quote = (cell: string) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const file = (columns: readonly string[], ...lines: Line[]) =>
  [columns, ...lines.map((line) => columns.map((column) => line[column] ?? ''))]
    .map((cells) => cells.map(quote).join(','))
    .join('\n');
const read = (text: string) =>
  readFile(
    (async function* () {
      yield Buffer.from(text);
    })(),
  );

const SHOPIFY = [
  'Name',
  'Email',
  'Financial Status',
  'Paid at',
  'Currency',
  'Subtotal',
  'Total',
  'Discount Amount',
  'Created at',
  'Lineitem quantity',
  'Lineitem name',
  'Lineitem price',
  'Lineitem sku',
  'Billing Name',
  'Shipping Name',
  'Notes',
  'Cancelled at',
  'Id',
];
const first: Line = {
  Name: '#1',
  Email: 'ada@example.com',
  'Financial Status': 'paid',
  Currency: 'EUR',
  'Created at': '2026-10-07 09:50:26 +0200',
  'Lineitem quantity': '3',
  'Lineitem name': 'Bio mask, "rose"',
  'Lineitem price': '34.90',
  'Lineitem sku': 'TEX',
  'Billing Name': 'Ada Example',
  Notes: 'Ring twice,\nsecond floor',
};
/** As Shopify repeats an order for its further lines. */
const further = (order: Line, line: Line): Line => ({
  Name: order.Name!,
  Email: order.Email!,
  'Created at': order['Created at']!,
  'Lineitem quantity': '1',
  ...line,
});
const shopify = (...lines: Line[]) => read(file(SHOPIFY, ...lines));
/** Without the remark that says whose export it is. */
const remarksOf = ({ remarks }: Awaited<ReturnType<typeof read>>) =>
  remarks.slice(1).map(({ line, sentence }) => [line, sentence]);

test('an export of Shopify is read by its own columns, its lines joined to their order', async () => {
  const { orders, faults, leftOut, remarks } = await shopify(
    first,
    further(first, { 'Lineitem name': 'Icons', 'Lineitem price': '1,250.00' }),
    { ...first, Name: '#2', 'Billing Name': '', 'Shipping Name': 'Bo' },
  );
  expect([faults, leftOut, remarks]).toEqual([
    [],
    [],
    [{ line: 1, column: null, sentence: expect.stringContaining('an export of Shopify') }],
  ]);
  expect(orders).toMatchObject([
    {
      reference: '#1',
      line: 2,
      order: {
        customer: { name: 'Ada Example', email: 'ada@example.com' },
        currency: 'EUR',
        note: 'Ring twice,\nsecond floor',
        placedAt: '2026-10-07T07:50:26.000Z',
        lines: [
          { sku: 'TEX', title: 'Bio mask, "rose"', quantity: 3, unitMinor: 3490 },
          { sku: 'Icons', title: 'Icons', unitMinor: 125_000 },
        ],
      },
    },
    { reference: '#2', order: { customer: { name: 'Bo' } } },
  ]);
});

test('newer names of its columns, in another order and case, mean the same', async () => {
  const newer = SHOPIFY.toReversed().map(
    (column) => ({ 'Lineitem sku': 'Lineitem SKU', 'Cancelled at': 'Canceled at' })[column] ?? column,
  );
  const { orders, faults } = await read(file(newer, { ...first, 'Lineitem SKU': 'ICON' }));
  expect([faults, orders[0]?.order.lines]).toMatchObject([[], [{ sku: 'ICON' }]]);
});

test('what Shopify cancelled or refunded is left out with its lines, and what is not paid or reduced is said', async () => {
  const cancelled = { ...first, Name: '#2', 'Cancelled at': '2026-10-08 08:00:00 +0200' };
  const found = await shopify(
    first,
    cancelled,
    further(cancelled, { 'Lineitem name': 'Icons', 'Lineitem price': '1.00' }),
    { ...first, Name: '#3', 'Financial Status': 'refunded' },
    { ...first, Name: '#4', 'Financial Status': 'pending', 'Discount Amount': '5.00' },
  );
  expect([found.orders.map(({ reference }) => reference), found.faults, found.faultyOrders]).toEqual([
    ['#1', '#4'],
    [],
    0,
  ]);
  expect(remarksOf(found).map(([line]) => line)).toEqual([4, 7, 9]);
  expect(remarksOf(found).map(([, sentence]) => sentence)).toEqual([
    '#2: Cancelled in Shopify: left out.',
    '#3: Refunded in Shopify: left out.',
    'This order is not paid. Its discount of 5.00 is not taken off the lines.',
  ]);
});

test('a fault names the column as the export does', async () => {
  const { faults } = await shopify({ ...first, Email: '', 'Lineitem price': 'free' });
  expect(faults.map(({ column }) => column)).toEqual(['Email', 'Lineitem price']);
});

const WOO = [
  'order_id',
  'order_number',
  'order_date',
  'status',
  'order_currency',
  'customer_email',
  'billing_first_name',
  'billing_last_name',
  'billing_email',
  'customer_note',
  'line_item_1',
  'line_item_2',
];
const woo: Line = {
  order_id: '9',
  order_number: '9002',
  order_date: '2026-03-02 09:00:00',
  status: 'completed',
  order_currency: 'EUR',
  billing_first_name: 'Ada',
  billing_last_name: 'Example',
  billing_email: 'ada@example.com',
  line_item_1: 'name:Paper|product_id:12|sku:TEX|quantity:3|total:10.00|sub_total:12.00',
  line_item_2: 'name:Velvet: red | blue|product_id:13|sku:|quantity:0.5|total:3.00',
};

test('an export of WooCommerce holds an order in each line: its lines add up to what they cost', async () => {
  const { orders, faults } = await read(file(WOO, woo));
  expect(faults).toEqual([]);
  expect(orders).toMatchObject([
    {
      reference: '9002',
      order: {
        customer: { name: 'Ada Example', email: 'ada@example.com' },
        placedAt: '2026-03-02T09:00:00.000Z',
        lines: [
          { sku: 'TEX', title: 'Paper', quantity: 2, unitMinor: 333 },
          { sku: 'TEX', quantity: 1, unitMinor: 334 },
          { sku: 'Velvet: red | blue', title: '0.5 × Velvet: red | blue', quantity: 1, unitMinor: 300 },
        ],
      },
    },
  ]);
});

test('an order of WooCommerce without lines is a fault, a cancelled one is left out, one not paid is marked', async () => {
  const found = await read(
    file(
      WOO,
      { ...woo, line_item_1: '', line_item_2: '' },
      { ...woo, order_number: '2', status: 'wc-cancelled' },
      { ...woo, order_number: '3', status: 'on-hold' },
    ),
  );
  expect([
    found.orders.map(({ reference }) => reference),
    found.faults.map(({ line, sentence }) => [line, sentence]),
  ]).toEqual([['3'], [[2, 'This order has no lines.']]]);
  expect(remarksOf(found)).toEqual([
    [3, '2: Cancelled in WooCommerce: left out.'],
    [4, 'This order is not paid, it waits for its payment.'],
  ]);
});

const AMAZON = [
  'order-id',
  'order-item-id',
  'purchase-date',
  'buyer-email',
  'buyer-name',
  'sku',
  'product-name',
  'quantity-purchased',
  'currency',
  'item-price',
  'item-tax',
  'recipient-name',
];

test('an export of Amazon, of tabs and inch marks, has a line for each item; its prices are of all pieces', async () => {
  const item = [
    '000-1',
    '10',
    '2026-09-23T14:18:23-07:00',
    'a@marketplace.example.com',
    'Ada Example',
    'ICON-96',
    'Print 6" x 8" framed',
    '2',
    'USD',
    '19.76',
    '0.01',
    'Ada Example',
  ];
  const other = item.with(1, '11').with(5, 'TEX').with(6, 'Card').with(7, '1').with(9, '5.00').with(10, '0.00');
  const { orders, faults, remarks } = await read([AMAZON, item, other].map((cells) => cells.join('\t')).join('\n'));
  expect([faults, remarks.length]).toEqual([[], 1]);
  expect(orders).toMatchObject([
    {
      reference: '000-1',
      order: {
        placedAt: '2026-09-23T21:18:23.000Z',
        lines: [
          { sku: 'ICON-96', title: 'Print 6" x 8" framed', quantity: 1, unitMinor: 988 },
          { quantity: 1, unitMinor: 989 },
          { sku: 'TEX', quantity: 1, unitMinor: 500 },
        ],
      },
    },
  ]);
});

test.each<[string, string, string | undefined]>([
  ['Shopify', 'paid', 'paid'],
  ['Shopify', 'pending', 'unpaid'],
  ['Shopify', 'authorized', 'authorised'],
  ['Shopify', 'partially_refunded', 'partly_refunded'],
  ['Shopify', '', undefined],
  ['WooCommerce', 'completed', 'paid'],
  ['WooCommerce', 'processing', 'paid'],
  ['WooCommerce', 'on-hold', 'unpaid'],
  ['WooCommerce', 'packed', undefined],
])('what %s calls “%s” is the payment status %s', async (system, status, payment) => {
  const theirs =
    system === 'Shopify' ? file(SHOPIFY, { ...first, 'Financial Status': status }) : file(WOO, { ...woo, status });
  expect((await read(theirs)).orders[0]?.order.paymentStatus).toBe(payment);
});

test('cash on delivery of WooCommerce is unpaid until it has a day of payment', async () => {
  const delivered = { ...woo, order_number: '2', status: 'processing', paid_date: '2026-03-02 09:00:00' };
  const { orders } = await read(file([...WOO, 'paid_date'], { ...woo, status: 'processing' }, delivered));
  expect(orders.map(({ order }) => order.paymentStatus)).toEqual(['unpaid', 'paid']);
});
