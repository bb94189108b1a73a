import { monthByName } from './export-dates.ts';
import { type ExportFormat, skuOf } from './export-format.ts';
import { currencyOf, takeSignOff } from './signed-amount.ts';

/**
 * Orders report of the Seller Hub: an empty line, the header, an empty line, the orders, and at the end how many there
 * are. An order of one item is one line; one of several has a line that says whose it is, and below it one for each
 * item.
 */
export const ebayExport: ExportFormat = {
  system: 'eBay',
  knownBy: ['sales_record_number', 'order_number', 'item_title', 'sold_for'],
  called: {
    reference: 'Order Number',
    placed_at: 'Sale Date',
    name: 'Buyer Name',
    email: 'Buyer Email',
    currency: 'Sold For',
    sku: 'Custom Label',
    title: 'Item Title',
    quantity: 'Quantity',
    unit_price: 'Sold For',
    note: 'Buyer Note',
  },
  unread: '“Sold For” is the price of one piece, and its sign says the currency. Shipping and taxes are not read.',
  decimal: undefined,
  isFooter: (cells) => cells.some((cell) => /^(?:\d+\s*)?record\(s\) downloaded|^seller id\s*:/i.test(cell.trim())),
  read(cell) {
    const reference = cell('order_number');
    const [price, title, buyer] = [cell('sold_for'), cell('item_title'), cell('buyer_username')];
    const currency = currencyOf(price || cell('total_price'));
    const isFirst = buyer !== '';
    const isPaid = cell('paid_on_date') !== '';
    const order = {
      reference,
      placed_at: monthByName(cell('sale_date')),
      name: cell('buyer_name') || buyer,
      email: cell('buyer_email'),
      currency,
      note: cell('buyer_note'),
    };
    const line = {
      ...order,
      sku: skuOf(cell('custom_label'), title),
      title,
      quantity: cell('quantity'),
      unit_price: takeSignOff(price, currency),
    };
    const says = isFirst
      ? {
          payment: isPaid ? ('paid' as const) : ('unpaid' as const),
          remark: isPaid ? undefined : 'This order is not paid.',
        }
      : {};
    return title === '' && price === ''
      ? { reference, lines: [], order, ...says }
      : { reference, lines: [line], ...says };
  },
};
