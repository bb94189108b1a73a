import type { Sql } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';
import { recordWithin } from '@windlass/live/record-within';
import { jobAcknowledged } from '../jobs/events.ts';

const ACKNOWLEDGE = `with seen as (
    update job set acknowledged_at = now(), acknowledged_by = $2
      where id = any($1::text[]) and state = 'failed' and acknowledged_at is null
    returning id, shop_id, subject),
  told as (
    ${recordWithin(jobAcknowledged, { from: 'seen', subject: 'id', data: { serves: 'subject', by: '$3::text' } })})
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

/** Failed jobs whose work another has done since: they wait for nobody any more, and there is nothing to tell. */
export async function acknowledgeReplaced(sql: Sql, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql.rows(
    'acknowledge-replaced-jobs',
    `update job set acknowledged_at = now() where id = any($1::text[]) and state = 'failed'`,
    [ids],
  );
}
