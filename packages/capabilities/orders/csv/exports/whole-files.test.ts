import { expect, test } from 'vitest';
import { readFile } from '../read-file.ts';

// Files as the programs write them, every column in its place, and what is right of each.

const list = (names: string): string[] => names.trim().split(/,\s*/);
const address = (who: string): string[] =>
  list('Name,Street,Address1,Address2,Company,City,Zip,Province,Country,Phone').map((part) => `${who} ${part}`);

const SHOPIFY = [
  ...list(`
    Name, Email, Financial Status, Paid at, Fulfillment Status, Fulfilled at, Accepts Marketing, Currency, Subtotal,
    Shipping, Taxes, Total, Discount Code, Discount Amount, Shipping Method, Created at, Lineitem quantity,
    Lineitem name, Lineitem price, Lineitem compare at price, Lineitem sku, Lineitem requires shipping,
    Lineitem taxable, Lineitem fulfillment status`),
  ...address('Billing'),
  ...address('Shipping'),
  ...list(`
    Notes, Note Attributes, Cancelled at, Payment Method, Payment Reference, Refunded Amount, Vendor,
    Outstanding Balance, Employee, Location, Device ID, Id, Tags, Risk Level, Source, Lineitem discount,
    Tax 1 Name, Tax 1 Value, Tax 2 Name, Tax 2 Value, Tax 3 Name, Tax 3 Value, Tax 4 Name, Tax 4 Value, Tax 5 Name,
    Tax 5 Value, Phone, Receipt Number, Duties, Billing Province Name, Shipping Province Name, Payment ID,
    Payment Terms Name, Next Payment Due At, Payment References`),
];
const SHOPIFY_NEWER = list(`
  Name, Phone, Email, Financial Status, Paid at, Currency, Subtotal, Total, Discount Amount, Created at,
  Lineitem quantity, Lineitem name, Lineitem price, Lineitem compare-at price, Lineitem SKU, Billing Name, Notes,
  Canceled at, Id`);
const WEBTOFFEE = list(`
  order_id, order_number, order_date, paid_date, status, order_total, order_currency, payment_method, customer_email,
  billing_first_name, billing_last_name, billing_email, customer_note, shipping_items, line_item_1, line_item_2,
  Product Item 1 Name, Product Item 1 id, Product Item 1 SKU, Product Item 1 Quantity, Product Item 1 Total,
  Product Item 2 Name, Product Item 2 id, Product Item 2 SKU, Product Item 2 Quantity, Product Item 2 Total`);
const ETSY = list(`
  Sale Date, Item Name, Buyer, Quantity, Price, Coupon Code, Coupon Details, Discount Amount, Shipping Discount,
  Order Shipping, Order Sales Tax, Item Total, Currency, Transaction ID, Listing ID, Date Paid, Date Shipped,
  Ship Name, Ship Address1, Ship Address2, Ship City, Ship State, Ship Zipcode, Ship Country, Order ID, Variations,
  Order Type, Listings Type, Payment Type, InPerson Discount, InPerson Location, VAT Paid by Buyer, SKU`);
const EBAY = list(`
  Sales Record Number, Order Number, Buyer Username, Buyer Name, Buyer Email, Buyer Note, Item Number, Item Title,
  Custom Label, Quantity, Sold For, Shipping And Handling, Total Price, Sale Date, Paid On Date, Transaction ID`);
const AMAZON = list(`
  order-id, order-item-id, purchase-date, payments-date, buyer-email, buyer-name, buyer-phone-number, sku,
  product-name, quantity-purchased, currency, item-price, item-tax, shipping-price, recipient-name,
  delivery-Instructions, sales-channel`);
const OURS = list('reference, placed_at, name, email, currency, sku, title, quantity, unit_price, note');

type Line = Record<string, string>;
const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
const bare = (cell: string) => (/[",\n]/.test(cell) ? quoted(cell) : cell);
const rows = (columns: readonly string[], lines: readonly Line[], write = bare, separator = ',') =>
  [columns, ...lines.map((line) => columns.map((column) => line[column] ?? ''))].map((cells) =>
    cells.map(write).join(separator),
  );

const shopify = (change: Line): Line => ({
  Name: '#128520',
  Email: 'ada@example.com',
  'Financial Status': 'paid',
  Currency: 'EUR',
  Subtotal: '53.91',
  'Created at': '2026-10-07 09:50:26 +0200',
  'Lineitem quantity': '1',
  'Billing Name': 'Ada Example',
  'Billing Zip': "'75008",
  'Billing Phone': "'+33100000000",
  Id: '5550000128520',
  ...change,
});
const further = (line: Line): Line => ({
  Name: '#128520',
  Email: 'ada@example.com',
  'Created at': '2026-10-07 09:50:26 +0200',
  'Lineitem quantity': '1',
  ...line,
});
const etsy = (change: Line): Line => ({
  'Sale Date': '09/03/26',
  Buyer: 'ada_x',
  Quantity: '1',
  'Date Paid': '09/03/26',
  'Ship Name': 'Ada Example',
  'Order ID': '3812345671',
  'Order Type': 'online',
  ...change,
});
const gift = 'name:Paper textures|product_id:12|sku:TEX-PAPER|quantity:2|total:30.00|sub_total:30.00';
const icons = 'name:Icons|product_id:13|sku:ICON-96|quantity:1|total:12.00|sub_total:12.00';

type Right = {
  orders: [
    reference: string,
    currency: string,
    payment: string | undefined,
    lines: [sku: string, quantity: number, unitMinor: number][],
  ][];
  faults: [line: number, column: string | null][];
  leftOut?: string[];
};
const files: [string, string, Right][] = [
  [
    'Shopify, 79 columns',
    rows(SHOPIFY, [
      shopify({
        'Lineitem quantity': '3',
        'Lineitem name': 'Bio mask, "rose"',
        'Lineitem price': '34.90',
        'Lineitem sku': 'TEX-PAPER',
        Notes: 'Please ring twice,\nsecond floor',
      }),
      further({ 'Lineitem name': 'Icons', 'Lineitem price': '12.00', 'Lineitem sku': 'ICON-96' }),
      shopify({
        Name: '#128521',
        Email: '',
        'Lineitem name': 'Sold at the till, no address',
        'Lineitem price': '9.50',
        Source: 'pos',
      }),
      shopify({
        Name: '#128522',
        Email: 'bo@example.com',
        'Financial Status': 'refunded',
        'Lineitem name': 'Icons',
        'Lineitem price': '12.00',
        'Lineitem sku': 'ICON-96',
        'Cancelled at': '2026-10-08 08:00:00 +0200',
        'Refunded Amount': '12.00',
      }),
    ]).join('\n'),
    {
      orders: [
        [
          '#128520',
          'EUR',
          'paid',
          [
            ['TEX-PAPER', 3, 3490],
            ['ICON-96', 1, 1200],
          ],
        ],
      ],
      faults: [[5, 'Email']],
      leftOut: ['#128522: Cancelled and refunded in Shopify: left out.'],
    },
  ],
  [
    'Shopify, newer names',
    rows(SHOPIFY_NEWER, [
      {
        Name: '#1001',
        Email: 'ada@example.com',
        'Financial Status': 'paid',
        Currency: 'USD',
        'Created at': '2026-09-03 10:14:00 -0400',
        'Lineitem quantity': '1',
        'Lineitem name': 'Print',
        'Lineitem price': '1,250.00',
        'Lineitem SKU': 'ICON-96',
        'Billing Name': 'Ada Example',
        Id: '5550000001',
      },
    ]).join('\n'),
    { orders: [['#1001', 'USD', 'paid', [['ICON-96', 1, 125_000]]]], faults: [] },
  ],
  [
    'WooCommerce by WebToffee',
    rows(WEBTOFFEE, [
      {
        order_id: '9002',
        order_number: '9002',
        order_date: '2026-03-02 09:00:00',
        status: 'completed',
        order_total: '42.00',
        order_currency: 'EUR',
        billing_first_name: 'Ada',
        billing_last_name: 'Example',
        billing_email: 'ada@example.com',
        line_item_1: gift,
        line_item_2: icons,
      },
      { order_id: '9003', order_number: '9003', order_date: '9/6/2026  6:29:00', status: 'pending' },
    ]).join('\n'),
    {
      orders: [
        [
          '9002',
          'EUR',
          'paid',
          [
            ['TEX-PAPER', 2, 1500],
            ['ICON-96', 1, 1200],
          ],
        ],
      ],
      faults: [[3, null]],
    },
  ],
  [
    'Etsy, sold order items',
    rows(ETSY, [
      etsy({
        'Item Name': 'Mug - Speckled, Stoneware',
        Quantity: '2',
        Price: '34,00',
        'Item Total': '68,00',
        Currency: 'EUR',
        SKU: 'ICON-96',
      }),
      etsy({ 'Item Name': 'Sticker', Price: '$3.00', 'Item Total': '$3.00', Currency: 'USD', SKU: 'TEX-PAPER' }),
    ]).join('\n'),
    {
      orders: [],
      faults: [
        [2, 'Email'],
        [3, 'Currency'],
      ],
    },
  ],
  [
    'eBay, orders report',
    `\ufeff""\r\n${rows(
      EBAY,
      [
        {},
        {
          'Sales Record Number': '101',
          'Order Number': '01-00001-00001',
          'Buyer Username': 'buyer_1',
          'Buyer Name': 'Smith, Pat',
          'Buyer Email': 'a@members.example.com',
          'Item Title': 'Vintage print, 6" wide',
          'Custom Label': 'ICON-96',
          Quantity: '1',
          'Sold For': '$1,433.66',
          'Total Price': '$1,445.66',
          'Sale Date': 'Jul-21-26',
          'Paid On Date': 'Jul-21-26',
        },
        {
          'Sales Record Number': '102',
          'Order Number': '01-00002-00002',
          'Buyer Username': 'buyer_2',
          'Buyer Name': 'Kit Example',
          'Buyer Email': 'k@members.example.com',
          Quantity: '2',
          'Total Price': '$18.00',
          'Sale Date': 'Jul-22-26',
        },
        {
          'Order Number': '01-00002-00002',
          'Item Title': 'Card A',
          'Custom Label': 'TEX-PAPER',
          Quantity: '1',
          'Sold For': '$9.00',
        },
        {
          'Order Number': '01-00002-00002',
          'Item Title': 'Card B',
          'Custom Label': 'ICON-96',
          Quantity: '1',
          'Sold For': '$9.00',
        },
      ],
      quoted,
    ).join('\r\n')}\r\n\r\n"3","record(s) downloaded,"${',""'.repeat(14)}\r\n"Seller ID : example-shop"\r\n`,
    {
      orders: [
        ['01-00001-00001', 'USD', 'paid', [['ICON-96', 1, 143_366]]],
        [
          '01-00002-00002',
          'USD',
          'unpaid',
          [
            ['TEX-PAPER', 1, 900],
            ['ICON-96', 1, 900],
          ],
        ],
      ],
      faults: [],
    },
  ],
  [
    'Amazon, new orders',
    rows(
      AMAZON,
      [
        {
          'order-id': '000-0000000-0000001',
          'order-item-id': '10000000000082',
          'purchase-date': '2026-09-23T14:18:23-07:00',
          'payments-date': '2026-09-23T14:18:23-07:00',
          'buyer-email': 'a@marketplace.example.com',
          'buyer-name': 'Ada Example',
          sku: 'ICON-96',
          'product-name': 'Print 6" x 8" framed',
          'quantity-purchased': '2',
          currency: 'USD',
          'item-price': '19.76',
          'item-tax': '0.00',
        },
      ],
      (cell) => cell,
      '\t',
    ).join('\r\n'),
    { orders: [['000-0000000-0000001', 'USD', 'paid', [['ICON-96', 2, 988]]]], faults: [] },
  ],
  [
    'our columns, with apostrophes before signs',
    rows(OURS, [
      {
        reference: 'W-1',
        placed_at: '2026-03-02',
        name: 'Ada',
        email: 'ada@example.com',
        currency: 'EUR',
        sku: 'ICON-96',
        quantity: "'-1",
        unit_price: '12.00',
        note: "'-42 was shown",
      },
      {
        reference: 'W-2',
        placed_at: '2026-03-02',
        name: 'Bo',
        email: "'+bo@example.com",
        currency: 'EUR',
        sku: 'ICON-96',
        quantity: '1',
        unit_price: "'-12.00",
      },
    ]).join('\n'),
    {
      orders: [],
      faults: [
        [2, 'quantity'],
        [3, 'unit_price'],
      ],
    },
  ],
];

test.each(files)('%s', async (_what, text, right) => {
  const { orders, faults, remarks } = await readFile(
    (async function* () {
      yield Buffer.from(text);
    })(),
  );
  expect(
    orders.map(({ reference, order }) => [
      reference,
      order.currency,
      order.paymentStatus,
      order.lines.map(({ sku, quantity, unitMinor }) => [sku, quantity, unitMinor]),
    ]),
  ).toEqual(right.orders);
  expect(faults.map(({ line, column }) => [line, column])).toEqual(right.faults);
  expect(remarks.filter(({ sentence }) => sentence.endsWith('left out.')).map(({ sentence }) => sentence)).toEqual(
    right.leftOut ?? [],
  );
});

test('Shopify’s columns are the 79 it writes', () => expect(SHOPIFY.length).toBe(79));
