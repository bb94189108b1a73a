import type { Tx } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';
import { type JobsByName, lockOwners, settleOwners } from '../jobs/job-ends.ts';
import { CANCEL_WAKE } from '../jobs/queues.ts';
import { recordEachWithin } from '@windlass/live/record-within';
import { jobCancelling, jobMoved } from '../jobs/events.ts';

const FIND = 'select id, name from job where id = any($1::text[]) order by id';

const CANCEL = `with was as (select id, state from job
  where id = any($1::text[]) and state in ('scheduled', 'queued', 'retrying', 'active') order by id for update),
  stopped as (
    update job j set cancel_requested_at = now(),
      state = case when was.state = 'active' then j.state else 'cancelled' end,
      finished_at = case when was.state = 'active' then null else now() end,
      generation = j.generation + case when was.state = 'active' then 0 else 1 end
    from was where j.id = was.id
    returning j.id, j.shop_id, j.subject, j.state),
  told as (
    ${recordEachWithin({ cancelled: jobMoved.cancelled, active: jobCancelling }, { by: 'state', from: 'stopped', subject: 'id', data: { serves: 'subject' } })})
  select id, state from stopped`;

/** What came of it: it ended, or it runs and hears of it through its signal. */
export type Cancelled = { id: string; state: 'cancelled' | 'cancelling' };

/**
 * Stops jobs: at once where they wait, cooperatively where they run. `jobs` has their definitions, so that their owners
 * settle what they served. Those that have ended already are left out of the answer.
 */
export async function cancelJobs(tx: Tx, jobIds: readonly string[], jobs: JobsByName): Promise<Cancelled[]> {
  const known = await tx.rows<{ id: string; name: string }>('jobs-to-cancel', FIND, [jobIds]);
  if (known.length === 0) return [];
  await lockOwners(tx, jobs, known);
  const rows = await tx.rows<{ id: string; state: string }>('cancel-jobs', CANCEL, [jobIds]);
  if (rows.length === 0) return [];
  tx.wake(LIVE_WAKE);
  tx.wake(CANCEL_WAKE);
  const ended = new Set(rows.filter(({ state }) => state === 'cancelled').map(({ id }) => id));
  await settleOwners(
    tx,
    jobs,
    known.filter(({ id }) => ended.has(id)).map((job) => ({ ...job, state: 'cancelled' as const, failure: null })),
  );
  return rows.map(({ id }) => ({ id, state: ended.has(id) ? 'cancelled' : 'cancelling' }));
}

/** The same for one. Undefined: it has ended already. */
export const cancelJob = async (tx: Tx, jobId: string, jobs: JobsByName): Promise<Cancelled['state'] | undefined> =>
  (await cancelJobs(tx, [jobId], jobs))[0]?.state;
