import type { Tx } from '@windlass/db/sql';
import { knownReference } from '../known-reference.ts';
import { orderPlaced } from '../events.ts';
import { recordWithin } from '@windlass/live/record-within';

export type StagedRange = {
  importId: string;
  shopId: string;
  /** Positions in the file: the first, and the one after the last. */
  from: number;
  to: number;
  /** The number of the first order written, and how many may be: so many are reserved. */
  firstNumber: number;
  most: number;
};

/**
 * The rows of `stagedOrder` become what `receiveOrder` would have written. One statement, so that the rows are found
 * once, by their key; what it joins is looked up row by row. Its plan is the same however wrong the statistics are, as
 * they are after a prune.
 */
const WRITE = `with staged as materialized (
    select r.*, (row_number() over (order by r.position))::int as rank from order_import_row r
    where r.import_id = $1 and r.position >= $3 and r.position < $4
      and not ${knownReference({ shop: '$2', row: 'r' })}),
  fresh as materialized (
    select order_id, import_id, reference, data, $5::int + rank - 1 as number from staged where rank <= $6),
  orders as (
    insert into customer_order (id, shop_id, number, reference, customer_name, customer_email, customer_note, currency,
      total_minor,
      line_count, search_text, placed_at, payment_status)
    select f.order_id, $2, f.number, f.reference, f.data->'customer'->>'name', f.data->'customer'->>'email',
      f.data->>'note', f.data->>'currency',
      t.total, t.lines, lower(concat_ws(' ', f.data->'customer'->>'name', f.data->'customer'->>'email', '#' || f.number, f.reference)),
      coalesce((f.data->>'placedAt')::timestamptz, now()), (f.data->>'paymentStatus')::payment_status
    from fresh f,
      lateral (select sum((l->>'quantity')::bigint * (l->>'unitMinor')::bigint) as total, count(*)::int as lines
        from jsonb_array_elements(f.data->'lines') l) t),
  lines as (
    insert into order_line (id, order_id, position, sku, title, quantity, unit_minor, bundle_id)
    select l.line->>'id', f.order_id, l.position, l.line->>'sku', l.line->>'title', (l.line->>'quantity')::int,
      (l.line->>'unitMinor')::bigint,
      (select b.id from bundle b where b.shop_id = $2 and b.sku = l.line->>'sku')
    from fresh f cross join lateral jsonb_array_elements(f.data->'lines') with ordinality as l(line, position)),
  events as (
    ${recordWithin(orderPlaced, {
      topic: 'orders.bulk',
      from: 'fresh f order by f.number',
      shop: '$2',
      subject: 'f.order_id',
      data: { number: 'f.number', source: `'csv'`, importId: 'f.import_id' },
    })})
  select count(*)::int as count from fresh`;

/**
 * Writes a run of rows whose reference is not there yet: orders, lines, and the first word of each order's own timeline
 * (a topic that nobody streams: open lists hear of the import as a whole). Answers how many orders there are now more.
 */
export async function writeStagedOrders(
  tx: Tx,
  { importId, shopId, from, to, firstNumber, most }: StagedRange,
): Promise<number> {
  return (await tx.row<{ count: number }>('write-staged-orders', WRITE, [
    importId,
    shopId,
    from,
    to,
    firstNumber,
    most,
  ]))!.count;
}
