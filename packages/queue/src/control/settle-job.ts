import type { Sql } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';
import { recordWithin } from '@windlass/live/record-within';
import { jobMoved } from '../jobs/events.ts';

const SETTLE = `with settled as (
    update job set state = 'succeeded', progress = 1, step = null, finished_at = now(),
      error_code = null, error_message = null, error_sentence = null, error_hint = null
    where id = $1 and state in ('failed', 'cancelled')
    returning id, shop_id, subject),
  told as (
    ${recordWithin(jobMoved.succeeded, { from: 'settled', subject: 'id', data: { byHand: 'true', serves: 'subject' } })})
  select id from settled`;

/**
 * A person has found that the work of a failed or cancelled job is done after all. Its attempts keep their errors.
 * False: it was neither.
 */
export async function settleJob(sql: Sql, jobId: string): Promise<boolean> {
  const row = await sql.row('settle-job', SETTLE, [jobId]);
  if (row) sql.wake(LIVE_WAKE);
  return row !== undefined;
}
