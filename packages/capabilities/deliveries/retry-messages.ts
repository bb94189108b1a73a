import type { Sql, Tx } from '@windlass/db/sql';
import type { RetryRefusal } from '@windlass/queue/jobs/job-life';

/**
 * A job whose message failed with it may run again. One whose message was taken back stays so: it would end well with
 * nothing sent. An uncertain one is a person's to decide, on the delivery.
 */
const REFUSED = `select job_id as id, state = 'uncertain' as uncertain from delivery
  where job_id = any($1::text[]) and (state <> 'failed' or erased_at is not null)`;

const UNDECIDED: RetryRefusal = {
  code: 'DECIDE_FIRST',
  message: 'Nobody knows whether this mail arrived. Open its delivery: mark it as sent, or send it again.',
};
const DECIDED: RetryRefusal = {
  code: 'INVALID_STATE',
  message: 'Its message was cancelled, or sent. To send it after all, resend it from its delivery.',
};

export const refuseRetry = async (sql: Sql, jobIds: readonly string[]): Promise<ReadonlyMap<string, RetryRefusal>> =>
  new Map(
    (await sql.rows<{ id: string; uncertain: boolean }>('retries-refused-by-deliveries', REFUSED, [jobIds])).map(
      ({ id, uncertain }) => [id, uncertain ? UNDECIDED : DECIDED],
    ),
  );

const QUEUE_AGAIN = `update delivery d set acknowledged_at = null, updated_at = now(),
    state = case d.state when 'failed' then 'queued' else d.state end,
    next_attempt_at = case d.state when 'failed' then d.next_attempt_at else now() end
  from job j where j.id = d.job_id and d.job_id = any($1::text[])
    and (d.state = 'failed' and j.state in ('failed', 'cancelled')
      or d.state = 'awaiting_retry' and j.state = 'retrying')`;

/**
 * Messages that failed with these jobs go back into the queue, and those that wait for their next try wait no more: the
 * caller moves the jobs in this transaction.
 */
export const queueMessagesAgain = async (tx: Tx, jobIds: readonly string[]): Promise<void> =>
  void (await tx.rows('queue-deliveries-again', QUEUE_AGAIN, [jobIds]));

/**
 * Nobody knows whether this job's message arrived: running it again is a person's decision on the delivery, not on the
 * job.
 */
export async function isJobOfUncertainDelivery(sql: Sql, jobId: string): Promise<boolean> {
  return (
    (await sql.row(
      'uncertain-delivery-of-job',
      `select 1 as yes from delivery where job_id = $1 and state = 'uncertain'`,
      [jobId],
    )) !== undefined
  );
}
