import type { Sql } from '@windlass/db/sql';
import { pruneEvents } from '@windlass/live/prune-events';
import { queues } from '../jobs/queues.ts';

const BATCH = 5000;

const PRUNE_JOBS = `delete from job where id in (
    select j.id from job j join unnest($1::text[], $2::int[]) k(queue, days) on k.queue = j.queue
    where j.state in ('succeeded', 'degraded', 'cancelled') and j.finished_at < now() - make_interval(days => k.days)
    limit ${BATCH})`;

/**
 * Deletes jobs that are past their keep, a batch at a time, and old news of jobs. Failed jobs stay until a person deals
 * with them.
 */
export async function pruneRecords(sql: Sql): Promise<void> {
  await sql.rows('prune-jobs', PRUNE_JOBS, [Object.keys(queues), Object.values(queues).map((queue) => queue.keepDays)]);
  await pruneEvents(sql, 'jobs');
}
