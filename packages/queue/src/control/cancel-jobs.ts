import type { Tx } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';
import { lockWithDependents } from '../dependents/find-dependents.ts';
import { moveDependents } from '../dependents/move-dependents.ts';
import type { Actor, JobLives } from '../jobs/job-life.ts';
import { byOwner, lockOwners, readNames, settleOwners } from '../jobs/job-owners.ts';
import { CANCEL_WAKE } from '../jobs/queues.ts';
import { recordEachWithin } from '@windlass/live/record-within';
import { jobCancelling, jobMoved } from '../jobs/events.ts';
import { WAITING_LAST } from '../jobs/waiting.ts';

const CANCEL = `with was as (select id, state from job
  where id = any($1::text[]) and state in ('scheduled', 'queued', 'retrying', 'active')
  order by ${WAITING_LAST} for update),
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

/** What came of it: it ended, or was stopped with what it serves; or it runs and hears of it through its signal. */
export type Cancelled = { id: string; state: 'cancelled' | 'cancelling' };

/**
 * `lives` left out by an owner, who settles what they served; the jobs that wait for these are then left to the
 * reconciler. `by`: a person stops them, and their owners hear of that.
 */
export type CancelOptions = { lives?: JobLives; by?: Actor };

/**
 * Stops jobs: at once where they wait, cooperatively where they run. Their owners settle what they served, and what
 * was to follow them fails. Those that have ended already are left out of the answer.
 */
export async function cancelJobs(
  tx: Tx,
  jobIds: readonly string[],
  { lives: given, by }: CancelOptions = {},
): Promise<Cancelled[]> {
  const lives = given ?? {};
  const known = await readNames(tx, jobIds);
  if (known.length === 0) return [];
  await lockOwners(tx, lives, known);
  const followed = given !== undefined && (await lockWithDependents(tx, given, jobIds));
  const stopped = new Set<string>();
  for (const { call, ids } of by ? byOwner(lives, 'onCancel', known) : [])
    for (const id of await call(tx, ids, by!)) stopped.add(id);
  const rows = await tx.rows<{ id: string; state: string }>('cancel-jobs', CANCEL, [jobIds]);
  const states = new Map(rows.map(({ id, state }) => [id, state]));
  if (rows.length > 0) {
    tx.wake(LIVE_WAKE);
    tx.wake(CANCEL_WAKE);
  }
  await settleOwners(
    tx,
    lives,
    known.flatMap((job) =>
      states.get(job.id) === 'cancelled' ? [{ ...job, state: 'cancelled' as const, failure: null }] : [],
    ),
  );
  if (followed)
    await moveDependents(
      tx,
      lives,
      jobIds.filter((id) => states.get(id) === 'cancelled'),
    );
  return known.flatMap(({ id }): Cancelled[] => {
    if (stopped.has(id) || states.get(id) === 'cancelled') return [{ id, state: 'cancelled' }];
    return states.has(id) ? [{ id, state: 'cancelling' }] : [];
  });
}

/** The same for one. Undefined: it has ended already. */
export const cancelJob = async (
  tx: Tx,
  jobId: string,
  options: CancelOptions = {},
): Promise<Cancelled['state'] | undefined> => (await cancelJobs(tx, [jobId], options))[0]?.state;
