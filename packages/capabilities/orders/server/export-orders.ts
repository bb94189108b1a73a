import type { Sql } from '@windlass/db/sql';
import type { Place } from '../../kit/page.ts';
import { iso } from '../../kit/sql-text.ts';
import { CSV_HEAD, type ExportedOrder, writeRows } from '../csv/write-rows.ts';
import { type OrderFilter, orderFilter } from '../order-filter.ts';

const AT_ONCE = 500;

const COLUMNS = `o.id, o.placed_at::text as at, o.number, o.status, o.reference, ${iso('o.placed_at')} as "placedAt", o.customer_name as "customerName",
  o.customer_email as "customerEmail", o.currency, o.customer_note as note,
  (select coalesce(json_agg(json_build_object('sku', l.sku, 'title', l.title, 'quantity', l.quantity, 'unitMinor', l.unit_minor) order by l.position), '[]')
    from order_line l where l.order_id = o.id) as lines`;

/**
 * The orders of a tab, a search and some days as CSV, newest first, a page at a time: memory stays flat however many
 * there are.
 */
export async function* exportOrders(sql: Sql, filter: Omit<OrderFilter, 'inBatch' | 'after'>): AsyncGenerator<string> {
  yield CSV_HEAD;
  for (let after: Place | undefined; ;) {
    const { where, values, name } = orderFilter({ ...filter, after }, [filter.shopId, AT_ONCE]);
    const rows = await sql.rows<ExportedOrder & Place>(
      ['export-orders', name].filter(Boolean).join('-'),
      `select ${COLUMNS} from customer_order o where ${where} order by o.placed_at desc, o.id desc limit $2`,
      values,
    );
    if (rows.length > 0) yield rows.map(writeRows).join('');
    if (rows.length < AT_ONCE) return;
    const { at, id } = rows.at(-1)!;
    after = { at, id };
  }
}
