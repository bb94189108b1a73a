import type { Sql, Tx } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';
import { recordWithin } from '@windlass/live/record-within';
import { jobAcknowledged } from '../jobs/events.ts';
import type { Actor, JobLives } from '../jobs/job-life.ts';
import { findOwners } from '../jobs/job-owners.ts';
import { refuseRetries } from './refuse-retries.ts';

const ACKNOWLEDGE = `with seen as (
    update job set acknowledged_at = now(), acknowledged_by = $2
      where id = any($1::text[]) and state = 'failed' and acknowledged_at is null
    returning id, shop_id, subject),
  told as (
    ${recordWithin(jobAcknowledged, { from: 'seen', subject: 'id', data: { serves: 'subject', by: '$3::text' } })})
  select id from seen`;

/** `lives` left out: by the jobs' owner, who knows. */
export type Acknowledgement = { by: Actor; lives?: JobLives };

/**
 * Failed jobs that a person leaves as they are: they wait for nobody any more. They stay on the record and can still be
 * run again. Those whose owners want something else decided first are passed over. Answers how many it was.
 */
export async function acknowledgeJobs(
  tx: Tx,
  jobIds: readonly string[],
  { by, lives = {} }: Acknowledgement,
): Promise<number> {
  const refused = await refuseRetries(tx, jobIds, lives);
  const left = jobIds.filter((id) => !refused.has(id));
  for (const { call, ids } of await findOwners(tx, left, { lives, part: 'onAcknowledge' })) await call(tx, ids, by);
  const rows = await tx.rows('acknowledge-jobs', ACKNOWLEDGE, [left, by.id, by.name]);
  if (rows.length > 0) tx.wake(LIVE_WAKE);
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
