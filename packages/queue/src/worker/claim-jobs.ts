import type { Sql } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';
import type { Dispatch } from '../dispatch/engine.ts';
import { ASYNCHRONOUS_COMMIT } from '../statements/asynchronous-commit.ts';
import { recordWithin } from '@windlass/live/record-within';
import { jobMoved } from '../jobs/events.ts';

export type ClaimedJob = {
  id: string;
  shopId: string | null;
  name: string;
  payload: unknown;
  subject: string | null;
  requestId: string | null;
  /** This start, counted over the job's whole life; with the lease token it fences every later write. */
  attempt: number;
  /** Recorded failures in this round: 0 on the first try. */
  failures: number;
  maxAttempts: number;
  /** Results of steps that earlier attempts finished. */
  steps: Record<string, unknown>;
};

/**
 * A plain UPDATE that WAITS for the row's lock rather than skipping it: the dispatcher may still hold it, and a skipped
 * claim would be a lost dispatch. `crashes` counts starts without an end; it is set back when an end is recorded.
 */
const CLAIM = `with dispatch as (select r.* from unnest($1::text[], $2::int[]) as r(id, generation), ${ASYNCHRONOUS_COMMIT}),
  claimed as (
    update job j set state = 'active', attempts = attempts + 1, lease_token = $3,
      lease_until = now() + make_interval(secs => $4::float8),
      started_at = now(), step = null, progress = null, progress_note = null
    from dispatch r where j.id = r.id and j.generation = r.generation and j.state = 'queued'
    returning j.id, j.shop_id, j.name, j.payload, j.subject, j.request_id, j.attempts, j.failures, j.max_attempts),
  told as (
    ${recordWithin(jobMoved.active, { from: 'claimed', subject: 'id', data: { attempt: 'failures + 1', serves: 'subject' } })})
  select c.id, c.shop_id as "shopId", c.name, c.payload, c.subject, c.request_id as "requestId", c.attempts as attempt,
    c.failures, c.max_attempts as "maxAttempts",
    coalesce((select jsonb_object_agg(s.name, s.result) from job_step s where s.job_id = c.id and s.kept),
      '{}') as steps
  from claimed c`;

/**
 * Takes the jobs that were dispatched, under a lease. Answers one entry for each dispatch: the job, or undefined where
 * the dispatch is stale (another generation, another state): then there is nothing to do.
 */
export async function claimJobs(
  sql: Sql,
  dispatches: readonly Dispatch[],
  lease: { token: string; seconds: number },
): Promise<(ClaimedJob | undefined)[]> {
  const rows = await sql.rows<ClaimedJob>('claim-jobs', CLAIM, [
    dispatches.map((r) => r.id),
    dispatches.map((r) => r.generation),
    lease.token,
    lease.seconds,
  ]);
  if (rows.length > 0) sql.wake(LIVE_WAKE);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return dispatches.map((dispatch) => {
    const job = byId.get(dispatch.id);
    byId.delete(dispatch.id); // the same dispatch twice in one batch is one claim
    return job;
  });
}
