import type { Sql } from '@windlass/db/sql';
import { pruneEvents } from '@windlass/live/prune-events';
import type { JobDefinition } from '../jobs/define-job.ts';
import { queues } from '../jobs/queues.ts';

const BATCH = 5000;

const PRUNE_JOBS = `delete from job where id in (
    select j.id from job j join unnest($1::text[], $2::int[]) k(queue, days) on k.queue = j.queue
    where j.state in ('succeeded', 'degraded', 'cancelled') and j.finished_at < now() - make_interval(days => k.days)
    limit ${BATCH})`;

/**
 * Jobs that come by the clock are shown to nobody: they go a day after their end, or a period, since their dedupe keys
 * stand for that. Failed ones go when others of their queue do: no person deals with them.
 */
const PRUNE_PERIODIC = `delete from job where id in (
    select j.id from job j
      join unnest($1::text[], $2::int[], $3::int[]) k(name, seconds, days) on k.name = j.name
    where j.shop_id is null and j.state in ('succeeded', 'degraded', 'cancelled', 'failed')
      and j.finished_at < now() - case j.state when 'failed' then make_interval(days => k.days)
        else make_interval(secs => greatest(k.seconds, 86400)) end
    limit ${BATCH})`;

/** Nobody waits for it any more, so that nobody would ever find it back. */
const PRUNE_BREAKERS = `delete from breaker b where not b.holds_queue and b.retry_at < now() - interval '1 hour'
  and not exists (select 1 from job j where j.queue = b.queue and j.held_by = b.key and j.state = 'retrying'
    and j.dispatched_at is null)`;

/**
 * Deletes jobs that are past their keep, a batch at a time, and old news of jobs. Failed jobs stay until a person deals
 * with them. `periodic`: those that come by the clock.
 */
export async function pruneRecords(sql: Sql, periodic: readonly JobDefinition[]): Promise<void> {
  await sql.rows('prune-jobs', PRUNE_JOBS, [Object.keys(queues), Object.values(queues).map((queue) => queue.keepDays)]);
  await sql.rows('prune-periodic-jobs', PRUNE_PERIODIC, [
    periodic.map(({ name }) => name),
    periodic.map(({ every }) => every!.seconds),
    periodic.map(({ queue }) => queues[queue].keepDays),
  ]);
  await sql.rows('prune-breakers', PRUNE_BREAKERS);
  await pruneEvents(sql, 'jobs');
}
