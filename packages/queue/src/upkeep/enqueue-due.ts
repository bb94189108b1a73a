import type { Sql } from '@windlass/db/sql';
import type { JobDefinition } from '../jobs/define-job.ts';
import { enqueue } from '../jobs/enqueue.ts';

/** Of a queue's jobs of one group, none is under way: each look takes the first row of an index. */
const IDLE = `coalesce((select false from job j where j.queue = d.queue and j.group_key = d.name
      and j.state in ('queued', 'retrying', 'scheduled') and j.dispatched_at is null limit 1), true)
    and coalesce((select false from job j where j.queue = d.queue and j.group_key = d.name
      and j.state in ('queued', 'active') and j.dispatched_at is not null limit 1), true)`;

/** Periods are counted from 1970 by the database's clock, so that all workers count alike. */
const DUE = `with d as (
    select name, queue, name || ':' || floor(extract(epoch from now()) / seconds)::bigint as key
    from unnest($1::text[], $2::text[], $3::int[]) as x(name, queue, seconds))
  select d.name, d.key from d
  where coalesce((select false from job j where j.dedupe_key = d.key limit 1), true) and ${IDLE}`;

/**
 * Makes the jobs that come by the clock (`every`) and are due: one in each period, whichever workers ask and how often,
 * since the period is in its dedupe key. Periods in which nobody asked are not made up for, and while one is under way
 * no other is made. They are the house's, no shop's.
 */
export async function enqueueDue(sql: Sql, periodic: readonly JobDefinition[]): Promise<void> {
  if (periodic.length === 0) return;
  const due = await sql.rows<{ name: string; key: string }>('due-periodic-jobs', DUE, [
    periodic.map(({ name }) => name),
    periodic.map(({ queue }) => queue),
    periodic.map(({ every }) => every!.seconds),
  ]);
  for (const { name, key } of due) {
    const job = periodic.find((one) => one.name === name)!;
    const runAfterSeconds = Math.random() * (job.every!.jitterSeconds ?? 0);
    await enqueue(sql, { job, payload: {} }, { shopId: null, group: name, dedupeKey: key, runAfterSeconds });
  }
}
