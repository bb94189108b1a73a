import { expect, test } from 'vitest';
import { readFile } from '../read-file.ts';

type Line = Record<string, string>;
const list = (names: string): string[] => names.trim().split(/,\s*/);
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

const ETSY = list(`
  Sale Date, Item Name, Buyer, Quantity, Price, Discount Amount, Item Total, Currency, Transaction ID, Listing ID,
  Date Paid, Ship Name, Order ID, SKU`);
const etsy: Line = {
  'Sale Date': '09/03/26',
  'Item Name': 'Mug - Speckled, Stoneware',
  Buyer: 'ada_x',
  Quantity: '2',
  Price: '34,00',
  'Item Total': '68,00',
  Currency: 'EUR',
  'Transaction ID': '4001',
  'Date Paid': '09/03/26',
  'Ship Name': 'Ada Example',
  'Order ID': '3812345671',
  SKU: 'ICON-96',
};
const dollars: Line = {
  ...etsy,
  'Item Name': 'Sticker',
  Quantity: '1',
  Price: '$3.00',
  'Item Total': '$3.00',
  Currency: 'USD',
  SKU: '',
  'Order ID': '3812345672',
};

test('Etsy gives no addresses: a fault says what to do, and with a column for them each order is read in its currency', async () => {
  const without = await read(file(ETSY, etsy, dollars));
  expect([
    without.orders,
    without.faults.map(({ line, column, sentence }) => [line, column, /Add a column “Email”/.test(sentence)]),
  ]).toEqual([
    [],
    [
      [2, 'Email', true],
      [3, 'Email', true],
    ],
  ]);
  const { orders, faults } = await read(
    file(
      [...ETSY, 'Email'],
      { ...etsy, Email: 'ada@example.com' },
      { ...dollars, Email: 'ada@example.com', 'Date Paid': '' },
    ),
  );
  expect(faults).toEqual([]);
  expect(orders).toMatchObject([
    {
      reference: '3812345671',
      order: {
        customer: { name: 'Ada Example' },
        currency: 'EUR',
        placedAt: '2026-09-03T00:00:00.000Z',
        paymentStatus: 'paid',
        lines: [{ sku: 'ICON-96', title: 'Mug - Speckled, Stoneware', quantity: 2, unitMinor: 3400 }],
      },
    },
    {
      reference: '3812345672',
      order: { currency: 'USD', paymentStatus: 'unpaid', lines: [{ sku: 'Sticker', quantity: 1, unitMinor: 300 }] },
    },
  ]);
});

test.each([
  ['two currencies in one order', { Currency: 'USD', Price: '3.00' }, 'Currency'],
  ['an amount whose sign is another currency’s', { Price: '$34.00' }, 'Price'],
  ['an amount that can be read in two ways', { Price: '1,200' }, 'Price'],
])('%s of Etsy is a fault', async (_what, change, column) => {
  const { faults, orders } = await read(
    file([...ETSY, 'Email'], { ...etsy, Email: 'ada@example.com' }, { ...etsy, ...change }),
  );
  expect([faults.map((fault) => [fault.line, fault.column]), orders]).toEqual([[[3, column]], []]);
});

test('Etsy’s list of orders, which names nothing bought, is refused with the file to take in its place', async () => {
  await expect(
    read(
      'Sale Date,Order ID,Buyer User ID,Full Name,Number of Items,Currency,Order Value,Order Total\n1,2,3,4,5,6,7,8\n',
    ),
  ).rejects.toThrow(/^Line 1: this is Etsy’s list of orders.*“Order Items”/);
});

const EBAY = list(`
  Sales Record Number, Order Number, Buyer Username, Buyer Name, Buyer Email, Buyer Note, Item Number, Item Title,
  Custom Label, Quantity, Sold For, Total Price, Sale Date, Paid On Date, Transaction ID`);
const one: Line = {
  'Sales Record Number': '101',
  'Order Number': '01-1',
  'Buyer Username': 'buyer_1',
  'Buyer Name': 'Smith, Pat',
  'Buyer Email': 'p@members.example.com',
  'Item Title': 'Print, 6" wide',
  'Custom Label': 'ICON',
  Quantity: '1',
  'Sold For': '$1,433.66',
  'Total Price': '$1,445.66',
  'Sale Date': 'Jul-21-26',
  'Paid On Date': 'Jul-21-26',
};
const several: Line = {
  'Sales Record Number': '102',
  'Order Number': '01-2',
  'Buyer Username': 'buyer_2',
  'Buyer Name': 'Kit',
  'Buyer Email': 'k@members.example.com',
  Quantity: '3',
  'Total Price': '£27.00',
  'Sale Date': 'Jul-22-26',
};
const item = (title: string, price: string): Line => ({
  'Order Number': '01-2',
  'Item Title': title,
  'Custom Label': title,
  Quantity: '1',
  'Sold For': price,
});
/** As it comes: an empty cell above the header, an empty line below it, and the count at the end. */
const report = (...lines: Line[]) =>
  read(
    [
      '\ufeff""',
      file(EBAY, {}, ...lines).replaceAll('\n', '\r\n'),
      '',
      `"${lines.length}","record(s) downloaded,",""`,
      '"Seller ID : example-shop"',
      '',
    ].join('\r\n'),
  );

test('a report of eBay is read between its blank lines and its count, items joined to the line that says whose they are', async () => {
  const { orders, faults, lineCount } = await report(one, several, item('CARD-A', '£9.00'), item('CARD-B', '£18.00'));
  expect([faults, lineCount]).toEqual([[], 4]);
  expect(orders).toMatchObject([
    {
      reference: '01-1',
      line: 4,
      order: {
        customer: { name: 'Smith, Pat', email: 'p@members.example.com' },
        currency: 'USD',
        paymentStatus: 'paid',
        placedAt: '2026-07-21T00:00:00.000Z',
        lines: [{ sku: 'ICON', title: 'Print, 6" wide', unitMinor: 143_366 }],
      },
    },
    {
      reference: '01-2',
      line: 5,
      order: {
        customer: { name: 'Kit' },
        currency: 'GBP',
        paymentStatus: 'unpaid',
        lines: [
          { sku: 'CARD-A', quantity: 1, unitMinor: 900 },
          { sku: 'CARD-B', unitMinor: 1800 },
        ],
      },
    },
  ]);
});

test('an order of eBay without items, or in two currencies, is a fault at its line', async () => {
  const { faults, orders } = await report(several, one, { ...one, 'Order Number': '01-3', 'Sold For': '12.00' });
  expect([faults.map(({ line, column }) => [line, column]), orders.map(({ reference }) => reference)]).toEqual([
    [
      [4, null],
      [6, 'Sold For'],
    ],
    ['01-1'],
  ]);
  expect((await report(several, item('CARD-A', '€9.00'))).faults).toMatchObject([
    { line: 5, column: 'Sold For', sentence: expect.stringContaining('says something else') },
  ]);
});
