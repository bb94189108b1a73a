import type { Sql } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';
import { storableJson } from '../statements/storable-json.ts';
import { ASYNCHRONOUS_COMMIT } from '../statements/asynchronous-commit.ts';
import { recordWithin } from '@windlass/live/record-within';
import { jobStep } from '../jobs/events.ts';

export type StepStart = { jobId: string; attempt: number; step: string; title: string; index: number; of: number };
export type StepEnd = { jobId: string; attempt: number; step: string; ms: number; result: unknown; kept: boolean };

const START = `with s as (
    select s.* from unnest($2::text[], $3::int[], $4::text[], $5::int[], $6::int[], $7::text[]) with ordinality
      as s(id, attempt, step, index, of, title, n), ${ASYNCHRONOUS_COMMIT}),
  begun as (
    update job j set step = last.step, progress = null, progress_note = null
    from (select distinct on (id) * from s order by id, attempt desc, n desc) last
    where j.id = last.id and j.attempts = last.attempt and j.lease_token = $1 and j.state = 'active'
    returning j.id, j.attempts as attempt, j.shop_id, j.subject)
  ${recordWithin(jobStep, {
    from: 's join begun b using (id, attempt) order by s.n',
    shop: 'b.shop_id',
    subject: 'id',
    data: { step: 's.step', title: 's.title', index: 's.index', of: 's.of', serves: 'b.subject' },
  })}
  returning subject as id`;

/**
 * Says that steps began: the progress bar's words, and its percentage from 0 again. A job may begin several at once.
 * Answers for each whether the lease still held.
 */
export async function recordStepStarts(sql: Sql, starts: readonly StepStart[], leaseToken: string): Promise<boolean[]> {
  const rows = await sql.rows<{ id: string }>('record-step-starts', START, [
    leaseToken,
    starts.map((s) => s.jobId),
    starts.map((s) => s.attempt),
    starts.map((s) => s.step),
    starts.map((s) => s.index),
    starts.map((s) => s.of),
    starts.map((s) => s.title),
  ]);
  sql.wake(LIVE_WAKE);
  return held(starts, rows);
}

const END = `with s as (
    select s.* from unnest($2::text[], $3::int[], $4::text[], $5::float8[], $6::jsonb[], $7::boolean[])
      as s(id, attempt, step, ms, result, kept), ${ASYNCHRONOUS_COMMIT})
  insert into job_step (job_id, name, attempt, started_at, ended_at, result, kept)
  select s.id, s.step, s.attempt, clock_timestamp() - make_interval(secs => s.ms / 1000), clock_timestamp(), s.result,
    s.kept
  from s join job j on j.id = s.id and j.attempts = s.attempt and j.lease_token = $1 and j.state = 'active'
  on conflict (job_id, name) do update set attempt = excluded.attempt, started_at = excluded.started_at,
    ended_at = excluded.ended_at, result = excluded.result, kept = excluded.kept
  returning job_id as id`;

/** Keeps what finished steps returned: where a later attempt resumes. Answers for each whether the lease still held. */
export async function recordStepEnds(sql: Sql, ends: readonly StepEnd[], leaseToken: string): Promise<boolean[]> {
  const rows = await sql.rows<{ id: string }>('record-step-ends', END, [
    leaseToken,
    ends.map((s) => s.jobId),
    ends.map((s) => s.attempt),
    ends.map((s) => s.step),
    ends.map((s) => s.ms),
    ends.map((s) => storableJson(s.result ?? null)),
    ends.map((s) => s.kept),
  ]);
  return held(ends, rows);
}

function held(items: readonly { jobId: string }[], rows: readonly { id: string }[]): boolean[] {
  const ids = new Set(rows.map((row) => row.id));
  return items.map((item) => ids.has(item.jobId));
}
