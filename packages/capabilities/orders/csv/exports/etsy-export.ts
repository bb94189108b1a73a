import { monthFirst } from './export-dates.ts';
import { type ExportFormat, skuOf } from './export-format.ts';
import { takeSignOff } from './signed-amount.ts';

/**
 * Sold Order Items: a line for each item of an order, all of them with whose it is, amounts as the buyer's country
 * writes them. Etsy gives no e-mail addresses: a column that somebody adds for them is read.
 */
export const etsyExport: ExportFormat = {
  system: 'Etsy',
  knownBy: ['sale_date', 'item_name', 'buyer', 'quantity', 'price', 'currency', 'transaction_id', 'order_id'],
  called: {
    reference: 'Order ID',
    placed_at: 'Sale Date',
    name: 'Ship Name',
    email: 'Email',
    currency: 'Currency',
    sku: 'SKU',
    title: 'Item Name',
    quantity: 'Quantity',
    unit_price: 'Price',
  },
  unread: 'Shipping, discounts and taxes on top of the prices are not read.',
  decimal: undefined,
  noEmail:
    'Etsy’s file holds no e-mail addresses. Add a column “Email” to it, and write there where the order’s files are to go.',
  read(cell) {
    const reference = cell('order_id');
    const currency = cell('currency');
    const title = cell('item_name');
    const discount = cell('discount_amount');
    const isPaid = cell('date_paid') !== '';
    const line = {
      reference,
      placed_at: monthFirst(cell('sale_date')),
      name: cell('ship_name', 'buyer'),
      email: cell('email', 'e_mail', 'buyer_email'),
      currency,
      sku: skuOf(cell('sku'), title),
      title,
      quantity: cell('quantity'),
      unit_price: takeSignOff(cell('price'), currency),
    };
    const remarks = [
      !isPaid && 'This order is not paid.',
      /[1-9]/.test(discount) && `Its discount of ${discount} is not taken off the lines.`,
    ];
    return {
      reference,
      lines: [line],
      payment: isPaid ? 'paid' : 'unpaid',
      remark: remarks.filter(Boolean).join(' ') || undefined,
    };
  },
};
