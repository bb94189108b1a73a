import type { z } from 'zod';
import { cachedCounts } from '../../kit/cached-counts.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { cappedCountSql, toCappedCount } from '../../kit/sql-text.ts';
import { type countsOutput, type OrderTab, orderTabs } from '../contract.ts';
import { filterOf, tabCondition } from '../rules.ts';

const countOf = (tab: OrderTab) => {
  const condition = tabCondition(filterOf(tab));
  return cappedCountSql(`from customer_order o where o.shop_id = $1${condition ? ` and ${condition}` : ''}`);
};
const COUNT = `select ${orderTabs.map((tab) => `${countOf(tab)} as "${tab}"`).join(', ')}`;

/** How many orders each tab holds, counted to 1,000. */
export const countOrders = (ctx: SignedInContext): Promise<z.infer<typeof countsOutput>> =>
  cachedCounts(ctx, 'orders', () => count(ctx));

async function count(ctx: SignedInContext): Promise<z.infer<typeof countsOutput>> {
  const row = (await ctx.services.database.sql.row<Record<OrderTab, number>>('count-orders', COUNT, [
    ctx.person.shopId,
  ]))!;
  const of = (tab: OrderTab) => toCappedCount(row[tab]);
  return {
    waiting: of('waiting'),
    approved: of('approved'),
    delivered: of('delivered'),
    problems: of('problems'),
    rejected: of('rejected'),
    all: of('all'),
  };
}
