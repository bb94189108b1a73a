import type { Database } from '@windlass/db/open-database';
import { BUNDLE_ID, SHOP_ID } from './make-shop.ts';

const ORDERS = `with made as (
    insert into customer_order (id, shop_id, number, customer_name, customer_email, search_text, currency, total_minor,
      line_count)
    select 'ord_' || lpad(to_hex(n), 26, '0'), $1, n, 'Customer ' || n, 'customer' || n || '@bench.test',
      'customer ' || n || ' customer' || n || '@bench.test #' || n, 'EUR', 1900, 1
    from generate_series($3::int, $3::int + $4::int - 1) n
    returning id, number),
  lines as (
    insert into order_line (id, order_id, position, sku, title, quantity, unit_minor, bundle_id)
    select 'line_' || lpad(to_hex(number), 26, '0'), id, 1, 'BENCH', 'A bundle of the bench', 1, 1900, $2 from made)
  select id, 'customer' || number || '@bench.test' as email from made order by number`;

export type WaitingOrder = { id: string; email: string };

/** Hands out orders that wait for approval, each once, with one line each: answers `count` new ones. */
export function createOrderSupply(database: Database): (count: number) => Promise<WaitingOrder[]> {
  let next = 1;
  return async (count) => {
    const orders: WaitingOrder[] = [];
    while (orders.length < count) {
      const portion = Math.min(10_000, count - orders.length);
      orders.push(
        ...(await database.sql.rows<WaitingOrder>('bench-orders', ORDERS, [SHOP_ID, BUNDLE_ID, next, portion])),
      );
      next += portion;
    }
    return orders;
  };
}
