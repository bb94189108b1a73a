import type { RunningWorker } from '@windlass/queue/worker/start-worker';
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
    /** A gauge that is read when asked for. */
    watch(worker: RunningWorker) {
      new Gauge({
        name: 'wl_jobs_running',
        help: 'Jobs this process runs now',
        registers,
        collect() {
          this.set(worker.active());
        },
      });
    },
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
