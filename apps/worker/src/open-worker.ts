import type { Logger } from '@windlass/config/logger';
import { gatherComposers } from '@windlass/capabilities/kit/gather-composers';
import { joinMessageSettlers } from '@windlass/capabilities/kit/job-catalogue';
import type { Opened, WorkerHost } from '@windlass/capabilities/kit/worker-plug';
import type { PlugServices } from '@windlass/capabilities/kit/worker-services';
import { type Database, openDatabase } from '@windlass/db/open-database';
import { listenForWakes } from '@windlass/db/wake';
import { type Engine, openEngine } from '@windlass/queue/dispatch/engine';
import { PARKED } from '@windlass/queue/jobs/waiting';
import { startWorker } from '@windlass/queue/worker/start-worker';
import { openStorage } from '@windlass/storage/open-storage';
import type { Storage } from '@windlass/storage/storage';
import type { WorkerEnv } from './env.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { plugList } from './plugs.ts';
import { registerJobs } from './register-jobs.ts';

export type WorkerOptions = {
  log: Logger;
  /** Hears of errors in the background. */
  report: (error: Error) => void;
  /** Looks at what passes through the storage. */
  wrapStorage?: (storage: Storage) => Storage;
};

export type OpenWorker = {
  database: Database;
  engine: Engine;
  metrics: Metrics;
  /** Takes no new work, gives running jobs `graceMs`, hands the rest back uncounted, and closes everything. */
  close(graceMs: number): Promise<void>;
};

/** One worker, as the program and the tests run it: its connections, what capabilities open, and its queues. */
export async function openWorker(env: WorkerEnv, { log, report, wrapStorage }: WorkerOptions): Promise<OpenWorker> {
  const metrics = createMetrics();
  const database = openDatabase({
    url: env.DATABASE_URL,
    poolSize: env.DATABASE_POOL,
    applicationName: 'windlass worker',
    report,
    onStatement: (op, ms) => metrics.statements.observe({ op }, ms / 1000),
  });
  const wakes = listenForWakes(env.DATABASE_URL, report);
  const stored = openStorage(env.STORAGE_URL);
  const storage = wrapStorage ? wrapStorage(stored) : stored;
  const settings = { publicUrl: env.PUBLIC_URL, linkSecret: env.LINK_SECRET };
  const messageSettlers = joinMessageSettlers(plugList);
  const host: WorkerHost = {
    database,
    wakes,
    storage,
    settings,
    messageSettlers,
    metrics: metrics.registry,
    log,
    report,
  };

  const opened: Opened[] = [];
  for (const plug of plugList) if (plug.open) opened.push(await plug.open(host, env));
  const services = {
    ...(Object.assign({}, ...opened.map((one) => one.services)) as PlugServices),
    database,
    storage,
    settings,
    log,
    composers: gatherComposers(Object.assign({}, ...plugList.map((plug) => plug.composers?.(host)))),
  };

  const engine = await openEngine(env.QUEUE_URL, report);
  const worker = await startWorker({
    database,
    wakes,
    engine,
    jobs: registerJobs(),
    serve: env.WORKER_QUEUES,
    services,
    holds: Object.assign({}, ...opened.map(({ holds }) => holds)),
    async prune(sql) {
      for (const plug of plugList) await plug.prune?.(sql);
    },
    report,
    onFinished(job, ending, ms) {
      metrics.jobs.observe({ name: job.name, result: ending.state }, ms / 1000);
      const line = {
        jobId: job.id,
        job: job.name,
        subject: job.subject,
        reqId: job.requestId,
        attempt: job.attempt,
        ms: Math.round(ms),
        state: ending.state,
      };
      if (ending.failure && ending.failure.code !== PARKED)
        log.warn({ ...line, code: ending.failure.code, reason: ending.failure.message }, 'job attempt failed');
      else log.debug(line, 'job done');
    },
    onRequeued(reason, count) {
      metrics.requeued.inc({ reason }, count);
      log.warn({ reason, count }, 'jobs brought back');
    },
  });
  metrics.watch(worker);

  return {
    database,
    engine,
    metrics,
    async close(graceMs) {
      await worker.close(graceMs);
      await engine.close();
      for (const one of opened) await one.close();
      await wakes.close();
      await storage.close();
      await database.close();
    },
  };
}
