import type { Tx } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';
import { type QueueName, queueWake } from '../jobs/queues.ts';
import { recordEachWithin } from '@windlass/live/record-within';
import { lockWithDependents } from '../dependents/find-dependents.ts';
import { moveDependents } from '../dependents/move-dependents.ts';
import { jobMoved } from '../jobs/events.ts';
import type { JobLives } from '../jobs/job-life.ts';
import { findOwners } from '../jobs/job-owners.ts';
import { NEVER } from '../jobs/waiting.ts';

/** Some of what it was to follow has yet to end. */
const UNDER_WAY = `exists (select 1 from job_dependency x join job a on a.id = x.after_id
  where x.job_id = job.id and a.state in ('scheduled', 'queued', 'active', 'retrying'))`;

const RETRY = `with again as (
    update job set generation = generation + 1, dispatched_at = null, failures = 0, crashes = 0,
      state = case when ${UNDER_WAY} then 'scheduled' else 'queued' end::job_state,
      run_after = case when ${UNDER_WAY} then ${NEVER} else now() end,
      acknowledged_at = null, acknowledged_by = null, cancel_requested_at = null, finished_at = null, progress = null, step = null
    where id = $1 and state in ('failed', 'cancelled')
    returning id, shop_id, queue, subject, state),
  told as (
    ${recordEachWithin(jobMoved, { by: 'state', from: 'again', subject: 'id', data: { byHand: 'true', serves: 'subject' } })})
  select queue from again`;

/**
 * Runs a failed or cancelled job again, with all its attempts anew. Steps that were done stay done. What had failed
 * because it was to follow this one waits for it again; itself it waits for nothing that has ended, however that was.
 * False: it was neither. `lives`, so that owners hear of it, unless its owner asks, who leaves what follows to the
 * reconciler; whether it may be run again is asked before (refuse-retries.ts).
 */
export async function retryJob(tx: Tx, jobId: string, lives?: JobLives): Promise<boolean> {
  const followed = lives !== undefined && (await lockWithDependents(tx, lives, [jobId]));
  for (const { call, ids } of await findOwners(tx, [jobId], { lives: lives ?? {}, part: 'onRetry' }))
    await call(tx, ids);
  const row = await tx.row<{ queue: QueueName }>('retry-job', RETRY, [jobId]);
  if (!row) return false;
  if (followed) await moveDependents(tx, lives, [jobId]);
  tx.wake(queueWake(row.queue));
  tx.wake(LIVE_WAKE);
  return true;
}
