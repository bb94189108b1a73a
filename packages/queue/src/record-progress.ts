import type { Sql } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';

export type Progress = { jobId: string; attempt: number; value: number; note: string | undefined };

const PROGRESS = `with p as (select * from unnest($2::text[], $3::int[], $4::float8[], $5::text[]) as p(id, attempt, value, note)),
  moved as (
    update job j set progress = greatest(j.progress, p.value), progress_note = p.note from p
    where j.id = p.id and j.attempts = p.attempt and j.lease_token = $1 and j.state = 'active'
    returning j.id, j.shop_id, j.subject, j.progress, j.progress_note)
  insert into event (shop_id, topic, subject, type, data)
  select shop_id, 'jobs', id, 'job.progress', jsonb_build_object('value', progress, 'note', progress_note, 'serves', subject) from moved`;

/** Percentages of all running jobs in one statement. A bar never goes back. */
export async function recordProgress(sql: Sql, reports: readonly Progress[], leaseToken: string): Promise<void> {
  await sql.rows('record-progress', PROGRESS, [
    leaseToken,
    reports.map((p) => p.jobId),
    reports.map((p) => p.attempt),
    reports.map((p) => p.value),
    reports.map((p) => p.note ?? null),
  ]);
  sql.wake(LIVE_WAKE);
}
