import type { Sql } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';
import { CANCEL_WAKE } from './queues.ts';

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
 * Stops a job: at once where it waits, cooperatively (through its signal) where it runs. Answers what came of it, or undefined
 * where the job has ended already.
 */
export async function cancelJob(sql: Sql, jobId: string): Promise<'cancelled' | 'cancelling' | undefined> {
  const row = await sql.row<{ state: string }>('cancel-job', CANCEL, [jobId]);
  if (!row) return undefined;
  sql.wake(LIVE_WAKE);
  sql.wake(CANCEL_WAKE);
  return row.state === 'cancelled' ? 'cancelled' : 'cancelling';
}
