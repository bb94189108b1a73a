import type { Database } from '@windlass/db/open-database';
import type { RunningWorker } from '@windlass/queue/start-worker';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What the worker's /metrics answers. Base units; no ids as labels. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    jobs: new Histogram({
      name: 'wl_job_duration_seconds',
      help: 'One attempt of a job, from claim to end',
      labelNames: ['name', 'result'],
      buckets: [0.005, 0.02, 0.1, 0.5, 1, 5, 30, 120, 300],
      registers,
    }),
    requeued: new Counter({
      name: 'wl_reconciler_requeued_total',
      help: 'Jobs the reconciler brought back',
      labelNames: ['reason'],
      registers,
    }),
    statements: new Histogram({
      name: 'wl_db_query_duration_seconds',
      help: 'Database statements, by operation',
      labelNames: ['op'],
      buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.2, 1],
      registers,
    }),
    watch(database: Database, worker: RunningWorker) {
      new Gauge({
        name: 'wl_jobs_running',
        help: 'Jobs this process runs now',
        registers,
        collect() {
          this.set(worker.active());
        },
      });
      new Gauge({
        name: 'wl_delivery_age_seconds',
        help: 'Age of the oldest delivery that is still on its way: the one alert that matters',
        registers,
        async collect() {
          const row = await database.sql.row<{ age: number | null }>('oldest-open-delivery', OLDEST);
          this.set(row?.age ?? 0);
        },
      });
    },
  };
}

const OLDEST = `select extract(epoch from now() - min(coalesce(held_until, created_at)))::float8 as age from delivery
  where state in ('queued', 'sending', 'committing', 'awaiting_retry') or (state = 'withheld' and held_until < now())`;
