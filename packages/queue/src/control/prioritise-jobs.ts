import type { Sql } from '@windlass/db/sql';
import { type QueueName, queueWake } from '../jobs/queues.ts';

/**
 * A job's turn within its group goes by the time it was due. One that somebody waits for is due since the last century,
 * and the later it was asked for the earlier: time runs backwards there.
 */
const PRIORITISE = `update job set run_after = timestamptz '2000-01-01' - (now() - timestamptz '2000-01-01')
  where id = any($1::text[]) and state = 'queued' and dispatched_at is null returning queue`;

/**
 * Puts waiting jobs before all others of their groups. Those that run or wait in the engine already are left alone.
 * Answers how many moved.
 */
export async function prioritiseJobs(sql: Sql, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const moved = await sql.rows<{ queue: QueueName }>('prioritise-jobs', PRIORITISE, [ids]);
  for (const queue of new Set(moved.map((job) => job.queue))) sql.wake(queueWake(queue));
  return moved.length;
}
