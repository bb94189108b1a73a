import { shopifyPayments } from '../../shops/read-shop-state.ts';
import { type ExportFormat, skuOf } from './export-format.ts';

const gone = new Map([
  ['refunded', 'Refunded'],
  ['voided', 'Its payment was voided'],
  ['expired', 'Its payment expired'],
]);
const open = new Map([
  ['pending', 'not paid'],
  ['authorized', 'not paid, only authorised'],
  ['partially_paid', 'paid in part'],
  ['partially_refunded', 'refunded in part'],
]);

/** Orders, Export: a line for each line of an order, of which the first says whose it is. */
export const shopifyExport: ExportFormat = {
  system: 'Shopify',
  knownBy: ['name', 'financial_status', 'lineitem_name', 'lineitem_price', 'lineitem_quantity'],
  called: {
    reference: 'Name',
    placed_at: 'Created at',
    name: 'Billing Name',
    email: 'Email',
    currency: 'Currency',
    sku: 'Lineitem sku',
    title: 'Lineitem name',
    quantity: 'Lineitem quantity',
    unit_price: 'Lineitem price',
    note: 'Notes',
  },
  unread: 'Shipping, discounts and taxes on top of the prices are not read.',
  decimal: '.',
  read(cell) {
    const reference = cell('name');
    const status = cell('financial_status');
    const [why, ...more] = [cell('cancelled_at', 'canceled_at') && 'Cancelled', gone.get(status)].filter(Boolean);
    const whole = [why, ...more.map((word) => word?.toLowerCase())].join(' and ');
    if (why) return { reference, lines: [], leftOut: `${whole} in Shopify: left out.` };
    const currency = cell('currency');
    const title = cell('lineitem_name');
    const discount = cell('discount_amount');
    const remarks = [
      open.has(status) && `This order is ${open.get(status)}.`,
      /[1-9]/.test(discount) && `Its discount of ${discount} is not taken off the lines.`,
    ];
    const line = {
      reference,
      placed_at: cell('created_at'),
      // Further lines of an order have none: its address is no name there.
      name: cell('billing_name', 'shipping_name') || (currency && cell('email')),
      email: cell('email'),
      currency,
      sku: skuOf(cell('lineitem_sku'), title),
      title,
      quantity: cell('lineitem_quantity'),
      unit_price: cell('lineitem_price'),
      note: cell('notes'),
    };
    const remark = remarks.filter(Boolean).join(' ') || undefined;
    return { reference, lines: [line], payment: shopifyPayments.get(status), remark };
  },
};
