import type { Tx } from '@windlass/db/sql';

export type StagedRange = { importId: string; shopId: string; /** Order numbers, both included. */ from: number; to: number };

/** The rows of `stagedOrder` become what `receiveOrder` would have written, a thousand at a time. */
const ORDERS = `insert into customer_order (id, shop_id, number, reference, customer_name, customer_email, customer_note, currency, total_minor,
    line_count, search_text, placed_at)
  select r.order_id, $2, r.number, r.reference, r.data->'customer'->>'name', r.data->'customer'->>'email', r.data->>'note', r.data->>'currency',
    t.total, t.lines, lower(concat_ws(' ', r.data->'customer'->>'name', r.data->'customer'->>'email', '#' || r.number, r.reference)),
    coalesce((r.data->>'placedAt')::timestamptz, now())
  from order_import_row r,
    lateral (select sum((l->>'quantity')::bigint * (l->>'unitMinor')::bigint) as total, count(*)::int as lines from jsonb_array_elements(r.data->'lines') l) t
  where r.import_id = $1 and r.number between $3 and $4`;

const LINES = `insert into order_line (id, order_id, position, sku, title, quantity, unit_minor, bundle_id)
  select l.line->>'id', r.order_id, l.position, l.line->>'sku', l.line->>'title', (l.line->>'quantity')::int, (l.line->>'unitMinor')::bigint, b.id
  from order_import_row r cross join lateral jsonb_array_elements(r.data->'lines') with ordinality as l(line, position)
  left join bundle b on b.shop_id = $2 and b.sku = l.line->>'sku'
  where r.import_id = $1 and r.number between $3 and $4`;

/** For each order's own timeline. Nobody streams this topic: open lists hear of the import as a whole. */
const EVENTS = `insert into event (shop_id, topic, subject, type, data)
  select $2, 'orders.bulk', r.order_id, 'order.placed', jsonb_build_object('number', r.number, 'source', 'csv', 'importId', r.import_id)
  from order_import_row r where r.import_id = $1 and r.number between $3 and $4 order by r.number`;

/** Writes one run of numbered rows: orders, lines and the first word of their timelines, three statements whatever their number. */
export async function writeStagedOrders(tx: Tx, { importId, shopId, from, to }: StagedRange): Promise<void> {
  const range = [importId, shopId, from, to];
  await tx.rows('write-staged-orders', ORDERS, range);
  await tx.rows('write-staged-lines', LINES, range);
  await tx.rows('write-staged-events', EVENTS, range);
}
