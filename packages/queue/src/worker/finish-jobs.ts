import type { Database } from '@windlass/db/open-database';
import type { Sql, Tx } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';
import { findDependents } from '../dependents/find-dependents.ts';
import { moveDependents } from '../dependents/move-dependents.ts';
import type { Failure } from '../jobs/errors.ts';
import type { JobEnd, JobLives } from '../jobs/job-life.ts';
import { hearsOf, lockOwners, settleOwners } from '../jobs/job-owners.ts';
import { NEVER, PARKED } from '../jobs/waiting.ts';
import { storableJson } from '../statements/storable-json.ts';
import { recordEachWithin } from '@windlass/live/record-within';
import { jobMoved } from '../jobs/events.ts';

export type Ending = {
  jobId: string;
  name: string;
  attempt: number;
  state: 'succeeded' | 'degraded' | 'retrying' | 'failed' | 'cancelled';
  /** For `retrying`: when to try again, in ms from now; null: when it is resumed. */
  delayMs?: number | null;
  /** For `retrying`: false when the attempt is not counted. */
  counted?: boolean;
  /** For `retrying`: the key of the breaker it waits for. */
  heldBy?: string;
  failure?: Failure;
  /** For `degraded`: the parts that were left out. */
  missing?: readonly { part: string; reason: string }[];
};

/** A job whose cancel was asked for while its attempt was failing is not tried again. */
const AGAIN = `(f.state = 'retrying' and j.cancel_requested_at is null)`;

/** What it is to wait for came while it still ran. */
const RESUMED = `(f.failure ->> 'code' = '${PARKED}' and j.resumed_attempt = j.attempts)`;

const FINISH = `with f as (
    select * from unnest($2::text[], $3::int[], $4::text[], $5::float8[], $6::boolean[], $7::jsonb[], $8::jsonb[],
      $10::text[]) as f(id, attempt, state, delay_ms, counted, failure, missing, held_by)),
  ended as (
    update job j set state = case when f.state = 'retrying'
      and not ${AGAIN} then 'cancelled' else f.state end::job_state,
      generation = j.generation + ${AGAIN}::int,
      dispatched_at = case when ${AGAIN} then null else j.dispatched_at end,
      run_after = case when ${AGAIN} then
        case when ${RESUMED} then now() else coalesce(now() + make_interval(secs => f.delay_ms / 1000), ${NEVER}) end
        else j.run_after end,
      failures = j.failures + f.counted::int,
      crashes = 0,
      lease_token = null, lease_until = null,
      held_by = case when ${AGAIN} then f.held_by end,
      step = case when f.state in ('succeeded', 'degraded') then null else j.step end,
      progress = case when f.state in ('succeeded', 'degraded') then 1 else j.progress end,
      missing = f.missing,
      error_code = f.failure ->> 'code', error_message = f.failure ->> 'message',
      error_sentence = f.failure ->> 'sentence', error_hint = f.failure ->> 'hint',
      finished_at = case when ${AGAIN} then null else now() end
    from f where j.id = f.id and j.attempts = f.attempt and j.lease_token = $1 and j.state = 'active'
      and ($9::boolean or ${AGAIN} or not j.awaited)
    returning j.id, j.name, j.shop_id, j.subject, j.attempts, j.started_at, j.run_after, j.state::text as state,
      f.counted, f.failure),
  kept as (
    insert into job_attempt (job_id, attempt, started_at, outcome, error_code, error_message, error_sentence,
      error_hint)
    select id, attempts, started_at,
      case when state = 'retrying' then case when counted then 'retried' else 'postponed' end else state end,
      failure ->> 'code', failure ->> 'message', failure ->> 'sentence', failure ->> 'hint'
    from ended where state not in ('succeeded', 'degraded')
      and coalesce(failure ->> 'code', '') not in ('BREAKER_OPEN', '${PARKED}') -- no attempt that failed
    on conflict (job_id, attempt) do nothing),
  told as (
    ${recordEachWithin(jobMoved, {
      by: 'state',
      from: 'ended',
      subject: 'id',
      data: {
        serves: 'subject',
        code: `failure ->> 'code'`,
        nextAt: `case when state = 'retrying' then run_after end`,
      },
      nulls: 'left-out',
    })})
  select id, name, state, failure from ended`;

type Fence = { leaseToken: string; lives: JobLives };

/**
 * Records how attempts ended, fenced by lease and attempt, and lets the owners of jobs that ended settle what these
 * served. Those that others wait for end in a second transaction, which moves the others too: all else need not look.
 * Answers for each whether the lease still held.
 */
export async function finishJobs(
  database: Database,
  endings: readonly Ending[],
  { leaseToken, lives }: Fence,
): Promise<boolean[]> {
  const owned = endings.some((ending) => isHeardOf(ending, lives));
  const finished = owned
    ? await database.transaction((tx) => finishOwned(tx, endings, { leaseToken, lives }))
    : await finish(database.sql, endings, { leaseToken, awaited: false });
  const ids = new Set(finished.map((row) => row.id));
  const left = endings.filter(({ jobId }) => !ids.has(jobId));
  if (left.length > 0) {
    const rest = await database.transaction((tx) => finishAwaited(tx, left, { leaseToken, lives }));
    for (const { id } of rest) ids.add(id);
  }
  return endings.map((e) => ids.has(e.jobId));
}

/** One that is to be tried again has ended after all where its cancel was asked for meanwhile. */
const isHeardOf = ({ name, state }: Ending, lives: JobLives): boolean =>
  hearsOf(lives[name], state === 'retrying' ? 'cancelled' : state);

type Options = Fence & { awaited?: boolean };

async function finishOwned(
  tx: Tx,
  endings: readonly Ending[],
  { leaseToken, lives, awaited = false }: Options,
): Promise<Finished[]> {
  const owned = endings.filter((ending) => isHeardOf(ending, lives));
  await lockOwners(
    tx,
    lives,
    owned.map(({ jobId, name }) => ({ id: jobId, name })),
  );
  const rows = await finish(tx, endings, { leaseToken, awaited });
  await settleOwners(tx, lives, rows.filter(hasEnded));
  return rows;
}

/** Those that others wait for; among them may be some whose lease was lost. */
async function finishAwaited(tx: Tx, endings: readonly Ending[], { leaseToken, lives }: Fence): Promise<Finished[]> {
  const dependents = await findDependents(
    tx,
    endings.map(({ jobId }) => jobId),
  );
  await lockOwners(tx, lives, dependents);
  const rows = await finishOwned(tx, endings, { leaseToken, lives, awaited: true });
  const ended = rows.filter(hasEnded).map(({ id }) => id);
  if (ended.length > 0) await moveDependents(tx, lives, ended);
  return rows;
}

type Finished = Omit<JobEnd, 'state'> & { state: Ending['state'] };

const hasEnded = (row: Finished): row is JobEnd => row.state !== 'retrying';

/** `awaited`: also those that others wait for. */
async function finish(
  sql: Sql,
  endings: readonly Ending[],
  { leaseToken, awaited }: { leaseToken: string; awaited: boolean },
): Promise<Finished[]> {
  const rows = await sql.rows<Finished>('finish-jobs', FINISH, [
    leaseToken,
    endings.map((e) => e.jobId),
    endings.map((e) => e.attempt),
    endings.map((e) => e.state),
    endings.map((e) => (e.delayMs === undefined ? 0 : e.delayMs)),
    endings.map((e) => (e.state === 'retrying' || e.state === 'failed') && (e.counted ?? true)),
    endings.map((e) => (e.failure ? storableJson(e.failure) : null)),
    endings.map((e) => (e.missing ? storableJson(e.missing) : null)),
    awaited,
    endings.map((e) => e.heldBy ?? null),
  ]);
  sql.wake(LIVE_WAKE);
  return rows;
}
