import type { Sql } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';
import { type QueueName, queueWake } from '../jobs/queues.ts';

const START = `with due as (
    update job set run_after = now() where id = $1 and state = 'retrying' returning id, shop_id, queue, subject, run_after),
  told as (
    insert into event (shop_id, topic, subject, type, data)
    select shop_id, 'jobs', id, 'job.retrying', jsonb_build_object('byHand', true, 'serves', subject, 'nextAt', run_after) from due)
  select queue from due`;

/**
 * Does not wait any longer for the next try of a job; the tries it has spent stay spent. False: it does not wait for
 * one.
 */
export async function startJobNow(sql: Sql, jobId: string): Promise<boolean> {
  const row = await sql.row<{ queue: QueueName }>('start-job-now', START, [jobId]);
  if (!row) return false;
  sql.wake(queueWake(row.queue));
  sql.wake(LIVE_WAKE);
  return true;
}
