import type { Tx } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';
import { type JobsByName, lockOwners, tellOwners } from '../jobs/job-ends.ts';
import { CANCEL_WAKE } from '../jobs/queues.ts';

const CANCEL = `with was as (select id, state from job where id = $1 and state in ('scheduled', 'queued', 'retrying', 'active') for update),
  stopped as (
    update job j set cancel_requested_at = now(),
      state = case when was.state = 'active' then j.state else 'cancelled' end,
      finished_at = case when was.state = 'active' then null else now() end,
      generation = j.generation + case when was.state = 'active' then 0 else 1 end
    from was where j.id = was.id
    returning j.id, j.shop_id, j.subject, j.state),
  told as (
    insert into event (shop_id, topic, subject, type, data)
    select shop_id, 'jobs', id, case state when 'cancelled' then 'job.cancelled' else 'job.cancelling' end,
      jsonb_build_object('serves', subject) from stopped)
  select state from stopped`;

/**
 * Stops a job: at once where it waits, cooperatively (through its signal) where it runs. `jobs` has its definition, so
 * that its owner settles what it served. Answers what came of it, or undefined where the job has ended already.
 */
export async function cancelJob(
  tx: Tx,
  jobId: string,
  jobs: JobsByName,
): Promise<'cancelled' | 'cancelling' | undefined> {
  const job = await tx.row<{ id: string; name: string }>('job-to-cancel', 'select id, name from job where id = $1', [
    jobId,
  ]);
  if (!job) return undefined;
  await lockOwners(tx, jobs, [job]);
  const row = await tx.row<{ state: string }>('cancel-job', CANCEL, [jobId]);
  if (!row) return undefined;
  tx.wake(LIVE_WAKE);
  tx.wake(CANCEL_WAKE);
  if (row.state !== 'cancelled') return 'cancelling';
  await tellOwners(tx, jobs, [{ ...job, state: 'cancelled', failure: null }]);
  return 'cancelled';
}
