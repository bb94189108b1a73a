import type { ExportFormat } from './export-format.ts';
import { pricePieces } from './price-pieces.ts';

/**
 * Order reports, New orders: a line for each item of an order, all of them with whose it is. A price is of all its
 * pieces, its tax apart.
 */
export const amazonExport: ExportFormat = {
  system: 'Amazon',
  knownBy: ['order_id', 'order_item_id', 'purchase_date', 'buyer_email', 'quantity_purchased', 'item_price'],
  called: {
    reference: 'order-id',
    placed_at: 'purchase-date',
    name: 'buyer-name',
    email: 'buyer-email',
    currency: 'currency',
    sku: 'sku',
    title: 'product-name',
    quantity: 'quantity-purchased',
    unit_price: 'item-price',
    note: 'delivery-Instructions',
  },
  unread: 'Shipping is not read.',
  decimal: '.',
  read(cell) {
    const reference = cell('order_id');
    const currency = cell('currency');
    const order = {
      reference,
      currency,
      placed_at: cell('purchase_date'),
      name: cell('buyer_name', 'recipient_name'),
      email: cell('buyer_email'),
      note: cell('delivery_instructions'),
    };
    const pieces = pricePieces({
      sku: cell('sku'),
      title: cell('product_name'),
      quantity: cell('quantity_purchased'),
      currency,
      total: cell('item_price'),
      tax: cell('item_tax'),
    });
    const payment = cell('payments_date') ? 'paid' : undefined;
    return { reference, lines: pieces.map((line) => ({ ...order, ...line })), payment };
  },
};
