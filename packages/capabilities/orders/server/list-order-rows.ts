import type { SignedInContext } from '../../kit/server-context.ts';
import type { OrderRow } from '../contract.ts';
import { ORDER_ROW, ORDER_ROW_FROM } from './order-row.ts';

/**
 * The present rows of orders a screen already shows, for it to mend them in place. Foreign and missing ones are left
 * out.
 */
export async function listOrderRows(ctx: SignedInContext, ids: readonly string[]): Promise<{ rows: OrderRow[] }> {
  const rows = await ctx.services.database.sql.rows<OrderRow>(
    'list-order-rows',
    `select ${ORDER_ROW} ${ORDER_ROW_FROM} where o.shop_id = $1 and o.id = any($2::text[])`,
    [ctx.person.shopId, ids],
  );
  return { rows };
}
