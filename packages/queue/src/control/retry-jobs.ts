import type { Sql } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';
import { type QueueName, queueNames, queueWake } from '../jobs/queues.ts';
import { recordEachWithin } from '@windlass/live/record-within';
import { jobMoved } from '../jobs/events.ts';

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

/** Runs failed jobs again in the order given, with all their tries anew. Answers how many it was. */
export async function retryJobs(sql: Sql, ids: readonly string[], { everyMs, run }: RetryPace): Promise<number> {
  const rows = await sql.rows<{ queue: QueueName; count: number }>('retry-jobs', RETRY, [ids, everyMs, run]);
  for (const { queue } of rows) if (queueNames.includes(queue)) sql.wake(queueWake(queue));
  if (rows.length > 0) sql.wake(LIVE_WAKE);
  return rows.reduce((sum, { count }) => sum + count, 0);
}
