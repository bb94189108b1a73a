/** What other capabilities and the seed may do with orders, in their own transaction. */
import { newId } from '@windlass/db/ids';
import type { Sql, Tx } from '@windlass/db/sql';
import { recordEvents } from '@windlass/live/record-events';
import type { ReceivedAnswer, ReceivedOrder, ShopStanding } from './contract.ts';
import { normalSearch, orderFilter } from './order-filter.ts';
import { orderPlaced } from './events.ts';

export { CONCERNS } from './concerns.ts';
export {
  type ApprovedOrder,
  approveOrders,
  type OrderToDecide,
  type RejectedOrder,
  rejectOrders,
  setWaiting,
} from './decide-orders.ts';
export { followMessages } from './follow-messages.ts';
export { collectIntake } from './erase-intake.ts';
export { collectOrders, type CustomerOrder, eraseOrders, findCustomerOrders } from './customer-data.ts';

const NUMBER = `insert into order_counter (shop_id, last) values ($1, 1001)
  on conflict (shop_id) do update set last = order_counter.last + 1 returning last as number`;

const NEXT = `select coalesce((select last from order_counter where shop_id = $1), 1000) + 1 as next`;

/** The number the shop's next order will have. */
export const nextOrderNumber = async (sql: Sql, shopId: string): Promise<number> =>
  (await sql.row<{ next: number }>('read-next-order-number', NEXT, [shopId]))!.next;

const SKIP_TO = `insert into order_counter as c (shop_id, last) values ($1, $2::int - 1)
  on conflict (shop_id) do update set last = excluded.last where c.last <= excluded.last returning last`;

/** Leaves numbers out, because they were given away already. False: the next number is higher than that. */
export const skipToOrderNumber = async (tx: Tx, shopId: string, next: number): Promise<boolean> =>
  (await tx.row('skip-order-numbers', SKIP_TO, [shopId, next])) !== undefined;

const ORDER = `insert into customer_order (id, shop_id, number, reference, customer_name, customer_email, customer_note,
  currency, total_minor,
    line_count, search_text, placed_at, payment_status, is_test, is_draft, shop_cancelled_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, coalesce($12::timestamptz, now()), $13::payment_status, $14,
    $15, $16::timestamptz)`;

const LINES = `insert into order_line (id, order_id, position, sku, title, quantity, unit_minor, bundle_id,
  decoration_method, decoration_location, decoration_size)
  select x.id, $1, x.position, x.sku, x.title, x.quantity, x.unit, b.id, x.method, x.location, x.size
  from unnest($3::text[], $4::int[], $5::text[], $6::text[], $7::int[], $8::bigint[], $9::text[], $10::text[],
    $11::text[])
    as x(id, position, sku, title, quantity, unit, method, location, size)
  left join bundle b on b.shop_id = $2 and b.sku = x.sku`;

/**
 * Writes an order that waits for approval. Lines find their bundle by SKU. The input has been validated; `remarks` are
 * for its timeline.
 */
export async function receiveOrder(
  tx: Tx,
  shopId: string,
  order: ReceivedOrder & { source: string; remarks?: readonly string[]; shopSays?: ShopStanding },
): Promise<ReceivedAnswer> {
  const {
    paymentStatus = order.paymentStatus ?? null,
    isTest = false,
    isDraft = false,
    shopCancelledAt = null,
  } = order.shopSays ?? {};
  const id = newId('ord');
  const { number } = (await tx.row<{ number: number }>('next-order-number', NUMBER, [shopId]))!;
  const total = order.lines.reduce((sum, line) => sum + line.quantity * line.unitMinor, 0);
  const searchText = [order.customer.name, order.customer.email, `#${number}`, order.reference ?? '']
    .join(' ')
    .toLowerCase();
  await tx.rows('insert-order', ORDER, [
    id,
    shopId,
    number,
    order.reference ?? null,
    order.customer.name,
    order.customer.email,
    order.note ?? null,
    order.currency,
    total,
    order.lines.length,
    searchText,
    order.placedAt ?? null,
    paymentStatus,
    isTest,
    isDraft,
    shopCancelledAt,
  ]);
  await insertLines(tx, {
    orderId: id,
    shopId,
    lines: order.lines.map((line, i) => ({ ...line, id: newId('line'), position: i + 1 })),
  });
  await recordEvents(tx, [
    orderPlaced({
      shopId,
      subject: id,
      data: { number, source: order.source, ...(order.remarks && { remarks: order.remarks }) },
    }),
  ]);
  return { id, number, status: 'waiting' };
}

type NewLine = ReceivedOrder['lines'][number] & { id: string; position: number };

/** Lines of one order, each with the bundle of its SKU, if there is one. */
export async function insertLines(
  tx: Tx,
  { orderId, shopId, lines }: { orderId: string; shopId: string; lines: readonly NewLine[] },
): Promise<void> {
  if (lines.length === 0) return;
  await tx.rows('insert-order-lines', LINES, [
    orderId,
    shopId,
    lines.map(({ id }) => id),
    lines.map(({ position }) => position),
    lines.map((line) => line.sku),
    lines.map((line) => line.title),
    lines.map((line) => line.quantity),
    lines.map((line) => line.unitMinor),
    lines.map((line) => line.decoration?.method ?? null),
    lines.map((line) => line.decoration?.location ?? null),
    lines.map((line) => line.decoration?.size ?? null),
  ]);
}

/** The orders' rows first, as everywhere, and only those with something to find. */
const MATCH = `with o as materialized (
    select id from customer_order c where id = any($2::text[]) and shop_id = $1 and status = 'waiting'
      and exists (select 1 from order_line l join bundle b on b.shop_id = $1 and b.sku = l.sku
        where l.order_id = c.id and l.bundle_id is null)
    order by id for update)
  update order_line l set bundle_id = b.id from o, bundle b
    where l.order_id = o.id and l.bundle_id is null and b.shop_id = $1 and b.sku = l.sku`;

/** Lines of waiting orders find the bundles that were added under their SKUs since. */
export const matchBundles = async (tx: Tx, shopId: string, orderIds: readonly string[]): Promise<void> =>
  void (await tx.rows('match-bundles-of-lines', MATCH, [shopId, orderIds]));

/**
 * The waiting orders of a shop that a search finds, for a statement of the caller's: `from ... where ...` over `o`,
 * with its values and a name that tells its texts apart. `own`: values of the caller's, which stand second and on.
 */
export function waitingOrders(
  shopId: string,
  searchText: string | undefined,
  own: readonly unknown[] = [],
): { name: string; from: string; values: unknown[] } {
  const filter = { shopId, tab: 'waiting' as const, search: normalSearch(searchText) };
  const { where, values, name } = orderFilter(filter, [shopId, ...own]);
  return { name, from: `from customer_order o where ${where}`, values };
}
