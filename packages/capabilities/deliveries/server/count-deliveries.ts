import type { z } from 'zod';
import type { SignedInContext } from '../../kit/server-context.ts';
import { cappedCountSql, toCappedCount } from '../../kit/sql-text.ts';
import type { countsOutput } from '../contract.ts';
import { type DeliveryTab, deliveryTabs, statesOf } from '../rules.ts';

const countOf = (tab: DeliveryTab) => {
  const states = statesOf(tab);
  return cappedCountSql(
    `from delivery where shop_id = $1${states ? ` and state in (${states.map((s) => `'${s}'`).join(', ')})` : ''}${tab === 'problems' ? ' and acknowledged_at is null' : ''}`,
  );
};
const COUNT = `select ${deliveryTabs.map((tab) => `${countOf(tab)} as "${tab}"`).join(', ')}`;

/** How many deliveries each tab holds, counted to 1,000. */
export async function countDeliveries(ctx: SignedInContext): Promise<z.infer<typeof countsOutput>> {
  const row = (await ctx.services.database.sql.row<Record<DeliveryTab, number>>('count-deliveries', COUNT, [
    ctx.person.shopId,
  ]))!;
  const count = (tab: DeliveryTab) => toCappedCount(row[tab]);
  return { all: count('all'), moving: count('moving'), accepted: count('accepted'), problems: count('problems') };
}
