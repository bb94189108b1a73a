import type { Tx } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';
import { type QueueName, queueNames, queueWake } from '../jobs/queues.ts';
import { recordEachWithin } from '@windlass/live/record-within';
import { lockWithDependents } from '../dependents/find-dependents.ts';
import { moveDependents } from '../dependents/move-dependents.ts';
import { jobMoved } from '../jobs/events.ts';
import type { JobLives } from '../jobs/job-life.ts';
import { findOwners } from '../jobs/job-owners.ts';

const RETRY = `with given as (select id, n from unnest($1::text[]) with ordinality as x(id, n)),
  again as (
    update job j set state = case when given.n > 1 and $2::float8 > 0 then 'scheduled' else 'queued' end::job_state,
      run_after = now() + make_interval(secs => (given.n - 1) * $2::float8 / 1000),
      generation = j.generation + 1, dispatched_at = null, failures = 0, crashes = 0, acknowledged_at = null, acknowledged_by = null,
      cancel_requested_at = null, finished_at = null, progress = null, step = null,
      retry_run = case when given.n > 1 and $2::float8 > 0 then $3 end
    from given where j.id = given.id and j.state = 'failed'
    returning j.id, j.shop_id, j.queue, j.subject, j.state),
  told as (
    ${recordEachWithin(jobMoved, { by: 'state', from: 'again', subject: 'id', data: { byHand: 'true', serves: 'subject' } })})
  select queue, count(*)::int as count from again group by queue`;

/**
 * `everyMs`: how far apart they start (0: at once). `run` names those that wait for their turn, so that they can be
 * stopped as one.
 */
export type RetryPace = { everyMs: number; run: string };

/**
 * Runs failed jobs again in the order given, with all their tries anew, and lets their owners know. Answers how many it
 * was. What had failed because it was to follow one of them waits for it again, unless it is among them. Whether they
 * may be run again is asked before (refuse-retries.ts).
 */
export async function retryJobs(
  tx: Tx,
  jobIds: readonly string[],
  { everyMs, run, lives }: RetryPace & { lives: JobLives },
): Promise<number> {
  const followed = await lockWithDependents(tx, lives, jobIds);
  for (const { call, ids } of await findOwners(tx, jobIds, { lives, part: 'onRetry' })) await call(tx, ids);
  const rows = await tx.rows<{ queue: QueueName; count: number }>('retry-jobs', RETRY, [jobIds, everyMs, run]);
  if (followed) await moveDependents(tx, lives, jobIds);
  for (const { queue } of rows) if (queueNames.includes(queue)) tx.wake(queueWake(queue));
  if (rows.length > 0) tx.wake(LIVE_WAKE);
  return rows.reduce((sum, { count }) => sum + count, 0);
}
