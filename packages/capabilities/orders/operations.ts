/** What other capabilities and the seed may do with orders, in their own transaction. */
import { newId } from '@windlass/db/ids';
import type { Tx } from '@windlass/db/sql';
import { recordEvents } from '@windlass/live/record-events';
import type { ReceivedAnswer, ReceivedOrder } from './contract.ts';
import { normalSearch, orderFilter } from './order-filter.ts';

const NUMBER = `insert into order_counter (shop_id, last) values ($1, 1001)
  on conflict (shop_id) do update set last = order_counter.last + 1 returning last as number`;

const ORDER = `insert into customer_order (id, shop_id, number, reference, customer_name, customer_email, customer_note, currency, total_minor,
    line_count, search_text, placed_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, coalesce($12::timestamptz, now()))`;

const LINES = `insert into order_line (id, order_id, position, sku, title, quantity, unit_minor, bundle_id, decoration_method, decoration_location, decoration_size)
  select x.id, $1, x.position, x.sku, x.title, x.quantity, x.unit, b.id, x.method, x.location, x.size
  from unnest($3::text[], $4::int[], $5::text[], $6::text[], $7::int[], $8::bigint[], $9::text[], $10::text[], $11::text[])
    as x(id, position, sku, title, quantity, unit, method, location, size)
  left join bundle b on b.shop_id = $2 and b.sku = x.sku`;

/** Writes an order that waits for approval. Lines find their bundle by SKU. The input has been validated. */
export async function receiveOrder(tx: Tx, shopId: string, order: ReceivedOrder & { source: string }): Promise<ReceivedAnswer> {
  const id = newId('ord');
  const { number } = (await tx.row<{ number: number }>('next-order-number', NUMBER, [shopId]))!;
  const total = order.lines.reduce((sum, line) => sum + line.quantity * line.unitMinor, 0);
  const searchText = [order.customer.name, order.customer.email, `#${number}`, order.reference ?? ''].join(' ').toLowerCase();
  await tx.rows('insert-order', ORDER, [
    id, shopId, number, order.reference ?? null, order.customer.name, order.customer.email, order.note ?? null, order.currency, total,
    order.lines.length, searchText, order.placedAt ?? null,
  ]);
  await tx.rows('insert-order-lines', LINES, [
    id,
    shopId,
    order.lines.map(() => newId('line')),
    order.lines.map((_, i) => i + 1),
    order.lines.map((line) => line.sku),
    order.lines.map((line) => line.title),
    order.lines.map((line) => line.quantity),
    order.lines.map((line) => line.unitMinor),
    order.lines.map((line) => line.decoration?.method ?? null),
    order.lines.map((line) => line.decoration?.location ?? null),
    order.lines.map((line) => line.decoration?.size ?? null),
  ]);
  await recordEvents(tx, [{ shopId, topic: 'orders', subject: id, type: 'order.placed', data: { number, source: order.source } }]);
  return { id, number, status: 'waiting' };
}

/**
 * The waiting orders of a shop that a search finds, for a statement of the caller's: `from ... where ...` over `o`, with its values and
 * a name that tells its texts apart.
 */
export function waitingOrders(shopId: string, searchText: string | undefined): { name: string; from: string; values: unknown[] } {
  const { where, values, name } = orderFilter({ shopId, tab: 'waiting', search: normalSearch(searchText) });
  return { name, from: `from customer_order o where ${where}`, values };
}
