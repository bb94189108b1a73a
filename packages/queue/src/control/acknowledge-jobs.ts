import type { Sql } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';

const ACKNOWLEDGE = `with seen as (
    update job set acknowledged_at = now(), acknowledged_by = $2 where id = any($1::text[]) and state = 'failed' and acknowledged_at is null
    returning id, shop_id, subject),
  told as (
    insert into event (shop_id, topic, subject, type, data)
    select shop_id, 'jobs', id, 'job.acknowledged', jsonb_build_object('serves', subject, 'by', $3::text) from seen)
  select id from seen`;

/**
 * Failed jobs that a person leaves as they are: they wait for nobody any more. They stay on the record and can still be
 * run again.
 */
export async function acknowledgeJobs(
  sql: Sql,
  ids: readonly string[],
  by: { id: string; name: string },
): Promise<number> {
  const rows = await sql.rows('acknowledge-jobs', ACKNOWLEDGE, [ids, by.id, by.name]);
  if (rows.length > 0) sql.wake(LIVE_WAKE);
  return rows.length;
}
