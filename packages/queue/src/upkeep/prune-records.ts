import type { Sql } from '@windlass/db/sql';
import { queues } from '../jobs/queues.ts';

/**
 * How long the record of job and progress news, and of sessions that ended, is kept. Business news (orders, deliveries)
 * stays with its subject.
 */
const EVENT_DAYS = 14;
const BATCH = 5000;

const PRUNE_JOBS = `delete from job where id in (
    select j.id from job j join unnest($1::text[], $2::int[]) k(queue, days) on k.queue = j.queue
    where j.state in ('succeeded', 'degraded', 'cancelled') and j.finished_at < now() - make_interval(days => k.days)
    limit ${BATCH})`;
const PRUNE_EVENTS = `delete from event where seq in (
    select seq from event where topic in ('jobs', 'sessions') and at < now() - make_interval(days => ${EVENT_DAYS}) limit ${BATCH})`;

/** Deletes what is past its keep, a batch at a time. Failed jobs stay until a person deals with them. */
export async function pruneRecords(sql: Sql): Promise<void> {
  await sql.rows('prune-jobs', PRUNE_JOBS, [Object.keys(queues), Object.values(queues).map((queue) => queue.keepDays)]);
  await sql.rows('prune-job-events', PRUNE_EVENTS);
  await sql.rows('prune-sessions', 'delete from session where expires_at < now()');
  await sql.rows('prune-rate-limits', 'delete from rate_limit where expire < extract(epoch from now()) * 1000');
  await sql.rows(
    'prune-idempotency-keys',
    `delete from idempotency_key where created_at < now() - interval '24 hours'`,
  );
}
