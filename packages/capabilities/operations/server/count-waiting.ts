import type { z } from 'zod';
import { cachedCounts } from '../../kit/cached-counts.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { cappedCountSql, toCappedCount } from '../../kit/sql-text.ts';
import type { waitingOutput } from '../contract.ts';

const COUNT = `select ${cappedCountSql(`from customer_order where shop_id = $1 and stage = 'waiting'`)} as orders,
  ${cappedCountSql(`from source_order where shop_id = $1 and state = 'refused'`)} as refused,
  ${cappedCountSql(`from delivery where shop_id = $1 and state in ('failed', 'bounced', 'uncertain') and acknowledged_at is null`)} as deliveries,
  ${cappedCountSql(`from job where shop_id = $1 and state = 'failed' and acknowledged_at is null`)} as jobs`;

/** What waits for a person, by place. */
export const countWaiting = (ctx: SignedInContext): Promise<z.infer<typeof waitingOutput>> =>
  cachedCounts(ctx, 'waiting', () => count(ctx));

async function count(ctx: SignedInContext): Promise<z.infer<typeof waitingOutput>> {
  const row = (await ctx.services.database.sql.row<Record<'orders' | 'refused' | 'deliveries' | 'jobs', number>>(
    'count-waiting',
    COUNT,
    [ctx.person.shopId],
  ))!;
  return {
    demo: ctx.services.demo !== undefined,
    orders: toCappedCount(row.orders),
    refused: toCappedCount(row.refused),
    deliveries: toCappedCount(row.deliveries),
    jobs: toCappedCount(row.jobs),
  };
}
