import type { Database } from '@windlass/db/open-database';

const KEPT = `select first_number as first, reserved from order_import where id = $1`;
const TAKE = `with taken as (
    insert into order_counter (shop_id, last) values ($2, 1000 + $3)
      on conflict (shop_id) do update set last = order_counter.last + $3 returning last)
  update order_import set first_number = taken.last - $3 + 1, reserved = $3
    from taken where id = $1 returning first_number as first`;

/**
 * Takes a run of order numbers in a transaction of its own, so that other orders do not wait for the whole import. They
 * are kept with the import: a second attempt takes the same ones. An import that fails for good leaves a gap.
 */
export async function reserveNumbers(
  database: Database,
  wish: { importId: string; shopId: string; count: number },
): Promise<number> {
  const kept = await database.sql.row<{ first: number | null; reserved: number | null }>('kept-order-numbers', KEPT, [
    wish.importId,
  ]);
  if (kept?.first != null && kept.reserved != null && kept.reserved >= wish.count) return kept.first;
  const taken = await database.sql.row<{ first: number }>('reserve-order-numbers', TAKE, [
    wish.importId,
    wish.shopId,
    wish.count,
  ]);
  return taken!.first;
}
