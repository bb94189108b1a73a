import type { z } from 'zod';
import type { SignedInContext } from '../../kit/server-context.ts';
import { cappedCountSql, toCappedCount } from '../../kit/sql-text.ts';
import { type jobCountsOutput, type JobTab, jobTabs } from '../contract.ts';
import { statesOf } from '../rules.ts';

const countOf = (tab: JobTab) => {
  const states = statesOf(tab);
  return cappedCountSql(
    `from job where shop_id = $1${states ? ` and state in (${states.map((s) => `'${s}'`).join(', ')})` : ''}${tab === 'failed' ? ' and acknowledged_at is null' : ''}`,
  );
};
const COUNT = `select ${jobTabs.map((tab) => `${countOf(tab)} as "${tab}"`).join(', ')}`;

/** How many jobs each tab holds, counted to 1,000. */
export async function countJobs(ctx: SignedInContext): Promise<z.infer<typeof jobCountsOutput>> {
  const row = (await ctx.services.database.sql.row<Record<JobTab, number>>('count-jobs', COUNT, [ctx.person.shopId]))!;
  const count = (tab: JobTab) => toCappedCount(row[tab]);
  return { all: count('all'), moving: count('moving'), failed: count('failed'), done: count('done') };
}
