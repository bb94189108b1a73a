import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql } from '@windlass/db/sql';

const ENDING = `select 1 as yes from delivery d join job j on j.id = d.job_id
  where d.id = $1 and d.shop_id = $2 and d.state in ('failed', 'uncertain') and j.state = 'active'`;
const MOST_MS = 2_000;
const STEP_MS = 50;

/**
 * A delivery is settled a moment before its job: who clicks in between waits that moment, instead of being told that
 * nothing has failed, or that the worker is busy. Locks nothing.
 */
export async function awaitJobEnd(sql: Sql, { id, shopId }: { id: string; shopId: string }): Promise<void> {
  for (let waited = 0; waited < MOST_MS; waited += STEP_MS) {
    if (!(await sql.row('is-job-ending', ENDING, [id, shopId]))) return;
    await sleep(STEP_MS);
  }
}
