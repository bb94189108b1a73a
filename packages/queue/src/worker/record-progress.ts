import type { Sql } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';
import { storableText } from '../statements/storable-json.ts';
import { ASYNCHRONOUS_COMMIT } from '../statements/asynchronous-commit.ts';
import { recordWithin } from '@windlass/live/record-within';
import { jobProgress } from '../jobs/events.ts';

export type Progress = {
  jobId: string;
  attempt: number;
  step: string | undefined;
  value: number;
  note: string | undefined;
};

const PROGRESS = `with p as (
    select p.* from unnest($2::text[], $3::int[], $4::text[], $5::float8[], $6::text[]) as p(id, attempt, step, value,
      note), ${ASYNCHRONOUS_COMMIT}),
  moved as (
    update job j set progress = greatest(j.progress, p.value), progress_note = p.note from p
    where j.id = p.id and j.attempts = p.attempt and j.step is not distinct
      from p.step and j.lease_token = $1 and j.state = 'active'
    returning j.id, j.shop_id, j.subject, j.progress, j.progress_note)
  ${recordWithin(jobProgress, { from: 'moved', subject: 'id', data: { value: 'progress', note: 'progress_note', serves: 'subject' } })}`;

/**
 * Percentages of all running jobs in one statement. A step's bar never goes back; a late word of the step before is not
 * heard.
 */
export async function recordProgress(sql: Sql, reports: readonly Progress[], leaseToken: string): Promise<void> {
  await sql.rows('record-progress', PROGRESS, [
    leaseToken,
    reports.map((p) => p.jobId),
    reports.map((p) => p.attempt),
    reports.map((p) => p.step ?? null),
    reports.map((p) => p.value),
    reports.map((p) => (p.note === undefined ? null : storableText(p.note))),
  ]);
  sql.wake(LIVE_WAKE);
}
