import type { z } from 'zod';
import { cachedCounts } from '../../kit/cached-counts.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { cappedCountSql, toCappedCount } from '../../kit/sql-text.ts';
import type { waitingOutput } from '../contract.ts';

/** What waits for a person, by place, in one statement: each capability says what of its own that is. */
export const countWaiting = (ctx: SignedInContext): Promise<z.infer<typeof waitingOutput>> =>
  cachedCounts(ctx, 'waiting', () => count(ctx));

async function count(ctx: SignedInContext): Promise<z.infer<typeof waitingOutput>> {
  const { database, demo, waiting } = ctx.services;
  const columns = Object.entries(waiting).map(([name, from]) => `${cappedCountSql(from)} as "${name}"`);
  const row = (await database.sql.row<Record<string, number>>('count-waiting', `select ${columns.join(', ')}`, [
    ctx.person.shopId,
  ]))!;
  return {
    demo: demo !== undefined,
    counts: Object.fromEntries(Object.entries(row).map(([name, most]) => [name, toCappedCount(most)])),
  };
}
