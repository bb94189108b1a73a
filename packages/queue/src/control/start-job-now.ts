import type { Sql, Tx } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';
import { type QueueName, queueWake } from '../jobs/queues.ts';
import { recordWithin } from '@windlass/live/record-within';
import { jobMoved } from '../jobs/events.ts';
import type { JobLives } from '../jobs/job-life.ts';
import { findOwners } from '../jobs/job-owners.ts';

const START = `with due as (
    update job set run_after = now() where id = $1 and state = 'retrying'
      returning id, shop_id, queue, subject, run_after),
  told as (
    ${recordWithin(jobMoved.retrying, { from: 'due', subject: 'id', data: { byHand: 'true', serves: 'subject', nextAt: 'run_after' } })})
  select queue from due`;

/**
 * Does not wait any longer for the next try of a job; the tries it has spent stay spent. False: it does not wait for
 * one. `lives`, so that its owner hears of it, unless the owner asks.
 */
export async function startJobNow(tx: Tx, jobId: string, lives: JobLives = {}): Promise<boolean> {
  for (const { call, ids } of await findOwners(tx, [jobId], { lives, part: 'onRetry' })) await call(tx, ids);
  const row = await tx.row<{ queue: QueueName }>('start-job-now', START, [jobId]);
  if (!row) return false;
  tx.wake(queueWake(row.queue));
  tx.wake(LIVE_WAKE);
  return true;
}

const START_HELD = `update job set run_after = now()
  where shop_id = $1 and queue = $2 and state = 'retrying' and dispatched_at is null and error_code = $3`;

/** Starts those of a shop that wait for one and the same reason, which is over. */
export async function startHeldJobs(
  sql: Sql,
  { shopId, queue, code }: { shopId: string; queue: QueueName; code: string },
): Promise<void> {
  await sql.rows('start-held-jobs', START_HELD, [shopId, queue, code]);
  sql.wake(queueWake(queue));
}
