import type { PaymentStatus } from '../../contract.ts';
import type { Cells, ExportFormat } from './export-format.ts';
import { pricePieces } from './price-pieces.ts';

const gone = new Map([
  ['cancelled', 'Cancelled'],
  ['refunded', 'Refunded'],
  ['failed', 'Its payment failed'],
  ['trash', 'Deleted'],
]);
const open = new Map([
  ['pending', 'not paid'],
  ['on-hold', 'not paid, it waits for its payment'],
]);
const LINE_ITEM = /^line_item_\d{1,4}$/;

/**
 * Order Export by WebToffee: a line for each order, its lines in cells such as
 * `name:Icons|sku:ICON-96|quantity:1|total:12.00`.
 */
export const woocommerceExport: ExportFormat = {
  system: 'WooCommerce',
  knownBy: ['order_number', 'order_date', 'order_currency', 'billing_first_name', 'line_item_1'],
  called: {
    reference: 'order_number',
    placed_at: 'order_date',
    name: 'billing_first_name',
    email: 'billing_email',
    currency: 'order_currency',
    note: 'customer_note',
    sku: 'line_item',
    title: 'line_item',
    quantity: 'line_item',
    unit_price: 'line_item',
  },
  unread: 'Shipping and fees are not read.',
  decimal: '.',
  read(cell, names) {
    const reference = cell('order_number', 'order_id');
    const status = cell('status').replace(/^wc-/, '');
    if (gone.has(status)) return { reference, lines: [], leftOut: `${gone.get(status)} in WooCommerce: left out.` };
    const currency = cell('order_currency');
    const name = ['billing', 'shipping']
      .map((who) => `${cell(`${who}_first_name`)} ${cell(`${who}_last_name`)}`.trim())
      .find(Boolean);
    const order = {
      reference,
      currency,
      placed_at: cell('order_date'),
      email: cell('billing_email', 'customer_email'),
      note: cell('customer_note'),
      name: name ?? cell('billing_company', 'billing_email', 'customer_email'),
    };
    const items = names
      .filter((column) => LINE_ITEM.test(column))
      .map((column) => cell(column))
      .filter(Boolean);
    const lines = items.flatMap((item) => readItem(item, currency)).map((line) => ({ ...order, ...line }));
    const isPaid = cell('paid_date') !== '' || !names.includes('paid_date');
    const remark = open.has(status) ? `This order is ${open.get(status)}.` : undefined;
    return { reference, lines, payment: readPayment(status, isPaid), remark };
  },
};

/** Cash on delivery is `processing` without a day of payment, and is paid when it is completed. */
function readPayment(status: string, isPaid: boolean): PaymentStatus | undefined {
  if (open.has(status)) return 'unpaid';
  if (status === 'completed') return 'paid';
  return status === 'processing' ? (isPaid ? 'paid' : 'unpaid') : undefined;
}

function readItem(item: string, currency: string): Cells[] {
  const said = new Map(
    item
      .split(/\|(?=[a-z_]+:)/)
      .map((part) => [part.slice(0, part.indexOf(':')), part.slice(part.indexOf(':') + 1).trim()]),
  );
  const of = (key: string) => said.get(key) ?? '';
  return pricePieces({
    sku: of('sku'),
    title: of('name'),
    quantity: of('quantity'),
    currency,
    total: of('total'),
    tax: of('tax'),
  });
}
