import type { Sql, Tx } from '@windlass/db/sql';

/**
 * Of these jobs, those that are no message's, or whose message failed with them. One taken back stays so; an uncertain
 * one is a person's to decide.
 */
const RETRYABLE = `select x.id from unnest($1::text[]) with ordinality as x(id, n)
  left join delivery d on d.job_id = x.id
  where d.id is null or (d.state = 'failed' and d.erased_at is null) order by x.n`;
const QUEUE_AGAIN = `update delivery set state = 'queued', acknowledged_at = null, updated_at = now()
  where job_id = any($1::text[]) and state = 'failed'`;

/** Which of these failed jobs may run again; changes nothing. */
export const retryableJobs = async (sql: Sql, jobIds: readonly string[]): Promise<string[]> =>
  (await sql.rows<{ id: string }>('retryable-jobs', RETRYABLE, [jobIds])).map(({ id }) => id);

/** The same, and puts their messages back into the queue: the caller runs the jobs again in this transaction. */
export async function queueMessagesAgain(tx: Tx, jobIds: readonly string[]): Promise<string[]> {
  const ids = await retryableJobs(tx, jobIds);
  await tx.rows('queue-deliveries-again', QUEUE_AGAIN, [ids]);
  return ids;
}

const TRY_NOW = `update delivery d set next_attempt_at = now(), updated_at = now() from job j
  where j.id = d.job_id and d.job_id = $1 and d.state = 'awaiting_retry' and j.state = 'retrying'`;

/** The message of this job does not wait for its next try any more: the caller starts the job in this transaction. */
export const tryMessageNow = async (tx: Tx, jobId: string): Promise<void> =>
  void (await tx.rows('try-delivery-now', TRY_NOW, [jobId]));

/** Failed jobs that wait for a person, and whose messages may not be tried again, by the jobs' name and reason. */
const STUCK = `select j.name, j.error_code as code, count(*)::int as count from job j join delivery d on d.job_id = j.id
  where j.shop_id = $1 and j.state = 'failed' and j.acknowledged_at is null
    and (d.state <> 'failed' or d.erased_at is not null)
  group by j.name, j.error_code`;

export const countStuckMessages = (
  sql: Sql,
  shopId: string,
): Promise<{ name: string; code: string | null; count: number }[]> => sql.rows('count-stuck-messages', STUCK, [shopId]);

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
