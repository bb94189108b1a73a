import type { Tx } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';
import { type QueueName, queueWake } from '../jobs/queues.ts';
import { recordWithin } from '@windlass/live/record-within';
import { jobMoved } from '../jobs/events.ts';
import type { JobLives } from '../jobs/job-life.ts';
import { findOwners } from '../jobs/job-owners.ts';

const RETRY = `with again as (
    update job set state = 'queued', generation = generation + 1, dispatched_at = null, run_after = now(), failures = 0,
      crashes = 0,
      acknowledged_at = null, acknowledged_by = null, cancel_requested_at = null, finished_at = null, progress = null, step = null
    where id = $1 and state in ('failed', 'cancelled')
    returning id, shop_id, queue, subject),
  told as (
    ${recordWithin(jobMoved.queued, { from: 'again', subject: 'id', data: { byHand: 'true', serves: 'subject' } })})
  select queue from again`;

/**
 * Runs a failed or cancelled job again, with all its attempts anew. Steps that were done stay done. False: it was
 * neither. `lives`, so that its owner hears of it, unless the owner asks; whether it may be run again is asked before
 * (refuse-retries.ts).
 */
export async function retryJob(tx: Tx, jobId: string, lives: JobLives = {}): Promise<boolean> {
  for (const { call, ids } of await findOwners(tx, [jobId], { lives, part: 'onRetry' })) await call(tx, ids);
  const row = await tx.row<{ queue: QueueName }>('retry-job', RETRY, [jobId]);
  if (!row) return false;
  tx.wake(queueWake(row.queue));
  tx.wake(LIVE_WAKE);
  return true;
}
