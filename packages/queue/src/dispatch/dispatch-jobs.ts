import type { Sql } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';
import { queues, type QueueName } from '../jobs/queues.ts';
import type { Dispatch } from './engine.ts';
import { recordWithin } from '@windlass/live/record-within';
import { jobMoved } from '../jobs/events.ts';

const READY = `state in ('queued', 'retrying', 'scheduled') and dispatched_at is null`;

/**
 * Of the queue named by `queue`: is a job due that nobody has taken, and in how many ms is the next one due that is
 * not? Both take the first row of the index job_due; `exists` would read the table instead, 25 ms where 200,000 jobs
 * have finished.
 */
const AHEAD = (queue: string) => `coalesce((select true from job j
    where j.queue = ${queue} and ${READY} and j.run_after <= now() order by j.run_after limit 1), false) as waiting,
  (select extract(epoch from j.run_after - now())::float8 * 1000 from job j
    where j.queue = ${queue} and ${READY} and j.run_after > now() order by j.run_after limit 1) as "nextInMs"`;

/**
 * Takes undispatched due jobs of one queue in fair order and marks them, in ONE statement that commits by itself; they
 * are given to the engine AFTER it. A crash between the two leaves marked jobs that it never got: the reconciler
 * dispatches them.
 *
 * Fair: groups are found by a loose index scan (one index descent a group, however many jobs it has), each gives its
 * first few, and the window is filled round by round. SKIP LOCKED lets any number of dispatchers run. It orders by
 * columns that only the partial index job_ready has: ordering by the primary key walked over finished rows and was
 * eight times slower.
 */
const DISPATCH = `with recursive g as (
    (select group_key from job where queue = $1 and ${READY} order by group_key limit 1)
    union all
    select (select j.group_key from job j where j.queue = $1 and ${READY} and j.group_key > g.group_key
      order by j.group_key limit 1)
    from g where g.group_key is not null),
  flight as (
    select group_key, count(*)::int as n from job
    where queue = $1 and state in ('queued', 'active') and dispatched_at is not null group by group_key),
  room as (
    select g.group_key, greatest(0, $3::int - coalesce(f.n, 0)) as free
    from g left join flight f using (group_key) where g.group_key is not null),
  candidate as (
    select x.id, x.round from room cross join lateral (
      select y.id, row_number() over () as round from (
        select j.id from job j
        where j.queue = $1 and ${READY} and j.group_key = room.group_key and j.run_after <= now()
        order by j.run_after, j.id limit room.free) y) x),
  turn as (
    select id, round from candidate order by round, id
      limit greatest(0, least($4::int, $2::int - (select coalesce(sum(n), 0)::int from flight)))),
  pick as (
    select j.id, j.state as was, turn.round from turn join job j on j.id = turn.id
    where ${READY}
    for update of j skip locked),
  marked as (
    update job j set dispatched_at = now(), state = 'queued' from pick
    where j.id = pick.id returning j.id, j.generation, j.shop_id, j.subject, pick.was, pick.round),
  told as (
    ${recordWithin(jobMoved.queued, { from: `marked where was <> 'queued'`, subject: 'id', data: { serves: 'subject' } })})
  select m.id, m.generation, ahead.* from (select ${AHEAD('$1')}) ahead
    left join marked m on true order by m.round, m.id`;

/** `nextInMs`: ms until a job is due that is not yet; null where there is none. */
export type Ahead = { waiting: boolean; nextInMs: number | null };

/**
 * `dispatches` in fair order. `waiting`: jobs were due when it looked; those not in `dispatches` wait for room in the
 * window.
 */
export type Dispatched = Ahead & { dispatches: Dispatch[] };

/** Marks and answers the next jobs of a queue, at most as many as its window has room for, and at most `most`. */
export async function dispatchJobs(sql: Sql, queue: QueueName, most = Number.POSITIVE_INFINITY): Promise<Dispatched> {
  const { window, perGroup } = queues[queue];
  const rows = await sql.rows<(Dispatch | { id: null; generation: null }) & Ahead>('dispatch-jobs', DISPATCH, [
    queue,
    window,
    perGroup,
    Math.min(most, window),
  ]);
  const dispatches = rows.flatMap(({ id, generation }) => (id === null ? [] : [{ id, generation }]));
  if (dispatches.length > 0) sql.wake(LIVE_WAKE);
  const { waiting, nextInMs } = rows[0]!;
  return { dispatches, waiting, nextInMs };
}

const LOOK_AHEAD = `select q.queue, ${AHEAD('q.queue')} from unnest($1::text[]) q(queue)`;

/** What waits in each queue. */
export const lookAhead = (sql: Sql, names: readonly QueueName[]): Promise<(Ahead & { queue: QueueName })[]> =>
  sql.rows('look-ahead', LOOK_AHEAD, [names]);
