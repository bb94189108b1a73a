import type { SignedInContext } from '../../kit/server-context.ts';
import { waitingOrders } from '../../orders/operations.ts';
import { BATCH_MOST } from '../contract.ts';

/** How many orders "all that wait" would be: exact, for a person decides by it. */
export async function countWaiting(
  ctx: SignedInContext,
  search: string | undefined,
): Promise<{ count: number; most: number }> {
  const { name, from, values } = waitingOrders(ctx.person.shopId, search);
  const row = await ctx.services.database.sql.row<{ count: number }>(
    `count-waiting-orders-${name}`,
    `select count(*)::int as count from (select 1 ${from} limit ${BATCH_MOST + 1}) found`,
    values,
  );
  return { count: row!.count, most: BATCH_MOST };
}
