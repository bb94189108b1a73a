import type { Sql } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';
import { type QueueName, queueWake } from '../jobs/queues.ts';
import { recordWithin } from '@windlass/live/record-within';
import { jobMoved } from '../jobs/events.ts';

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
 * neither.
 */
export async function retryJob(sql: Sql, jobId: string): Promise<boolean> {
  const row = await sql.row<{ queue: QueueName }>('retry-job', RETRY, [jobId]);
  if (!row) return false;
  sql.wake(queueWake(row.queue));
  sql.wake(LIVE_WAKE);
  return true;
}
