import type { Sql, Tx } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';
import { findDependents } from '../dependents/find-dependents.ts';
import { moveDependents } from '../dependents/move-dependents.ts';
import type { Dispatch } from '../dispatch/engine.ts';
import type { Failure } from '../jobs/errors.ts';
import type { JobEnd, JobLives } from '../jobs/job-life.ts';
import { lockOwners, settleOwners } from '../jobs/job-owners.ts';
import type { QueueName } from '../jobs/queues.ts';
import { recordEachWithin } from '@windlass/live/record-within';
import { jobMoved } from '../jobs/events.ts';

/** A job whose starts end without a word this often is poison: it takes its worker down with it. */
const MOST_CRASHES = 5;

const EXPIRED = `select id, name from job where state = 'active' and lease_until < now()
  order by lease_until limit 500`;

/**
 * What died together would start together, and die again beside the one that kills: from the second time on the starts
 * are spread at random over 2, 4, 8 spans, so that the poison runs alone sooner or later and its neighbours are done by
 * then.
 */
const REAP = `with dead as (
    select id from job where id = any($2::text[]) and state = 'active' and lease_until < now()
      order by lease_until for update skip locked),
  reaped as (
    update job j set crashes = j.crashes + 1,
      state = case when j.cancel_requested_at is not null then 'cancelled'
        when j.crashes + 1 >= ${MOST_CRASHES} then 'failed' else 'queued' end::job_state,
      run_after = now() + make_interval(secs => case when j.crashes = 0 then 0 else random() * 2 ^ j.crashes * $1::float8 end),
      generation = j.generation + 1, dispatched_at = null, lease_token = null, lease_until = null,
      error_code = 'WORKER_LOST', error_message = 'lease expired without an end',
      error_sentence = case when j.crashes + 1 >= ${MOST_CRASHES}
        then 'The worker stopped ${MOST_CRASHES} times while doing this, so it is not tried again by itself.'
        else 'The worker stopped while doing this.' end,
      error_hint = case when j.crashes + 1 >= ${MOST_CRASHES}
        then 'Look at the worker’s log for why it ends, then retry.' else 'Another worker takes it over by itself.' end,
      finished_at = case when j.cancel_requested_at is not null or j.crashes + 1 >= ${MOST_CRASHES} then now() end
    from dead where j.id = dead.id
    returning j.id, j.name, j.shop_id, j.subject, j.queue, j.state, j.attempts, j.started_at, j.error_code,
      j.error_message, j.error_sentence, j.error_hint),
  kept as (
    insert into job_attempt (job_id, attempt, started_at, outcome, error_code, error_message, error_sentence,
      error_hint)
    select id, attempts, started_at, 'lost', error_code, error_message, error_sentence, error_hint from reaped
    on conflict (job_id, attempt) do nothing),
  told as (
    ${recordEachWithin(jobMoved, { by: 'state', from: 'reaped', subject: 'id', data: { code: 'error_code', serves: 'subject' } })})
  select id, name, queue, state, error_code as code, error_sentence as sentence, error_hint as hint from reaped`;

export type Reaped = Pick<Failure, 'code' | 'sentence' | 'hint'> & {
  id: string;
  name: string;
  queue: QueueName;
  state: 'queued' | 'failed' | 'cancelled';
};

/**
 * Gives the jobs of vanished workers back to the queue, or ends them where they are poison or were cancelled; then
 * their owners settle what they served, and what was to follow them fails.
 */
export async function reapExpiredLeases(
  tx: Tx,
  { spreadSeconds, lives }: { spreadSeconds: number; lives: JobLives },
): Promise<Reaped[]> {
  const expired = await tx.rows<{ id: string; name: string }>('expired-leases', EXPIRED);
  if (expired.length === 0) return [];
  const dependents = await findDependents(
    tx,
    expired.map(({ id }) => id),
  );
  await lockOwners(tx, lives, [...expired, ...dependents]);
  const reaped = await tx.rows<Reaped>('reap-expired-leases', REAP, [spreadSeconds, expired.map(({ id }) => id)]);
  await settleOwners(
    tx,
    lives,
    reaped.flatMap(({ id, name, state, ...failure }): JobEnd[] =>
      state === 'queued' ? [] : [{ id, name, state, failure }],
    ),
  );
  const ended = reaped.filter(({ state }) => state !== 'queued').map(({ id }) => id);
  if (ended.length > 0) await moveDependents(tx, lives, ended);
  tx.wake(LIVE_WAKE);
  return reaped;
}

const LOST = `update job set dispatched_at = now()
  where id in (
    select id from job where state = 'queued' and queue = any ($2::text[])
      and dispatched_at < now() - make_interval(secs => $1::float8)
    order by dispatched_at limit 1000 for update skip locked)
  returning id, generation, queue`;

/**
 * Jobs that were marked for the engine and not claimed since: either they wait in it, and dispatching again under the
 * same id is a no-op there, or the engine lost them (a crash between mark and dispatch, a flush), and this brings them
 * back. Only of queues the caller can dispatch in: the mark is set anew, so a job that somebody else serves would never
 * get old enough for them.
 */
export const findUnclaimed = (
  sql: Sql,
  unclaimed: { seconds: number; queues: readonly QueueName[] },
): Promise<(Dispatch & { queue: QueueName })[]> =>
  sql.rows('find-unclaimed', LOST, [unclaimed.seconds, unclaimed.queues]);
