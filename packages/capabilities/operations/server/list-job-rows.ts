import type { SignedInContext } from '../../kit/server-context.ts';
import type { JobRow } from '../contract.ts';
import { JOB_ROW, type RawJobRow, toJobRows } from './job-row.ts';

/** The present rows of jobs a screen already shows. Foreign and missing ones are left out. */
export async function listJobRows(ctx: SignedInContext, ids: readonly string[]): Promise<{ rows: JobRow[] }> {
  const rows = await ctx.services.database.sql.rows<RawJobRow>(
    'list-job-rows',
    `select ${JOB_ROW} from job j where j.shop_id = $1 and j.id = any($2::text[])`,
    [ctx.person.shopId, ids],
  );
  return { rows: await toJobRows(ctx, rows) };
}
