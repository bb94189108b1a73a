import { createLogger } from '@windlass/config/logger';
import { readWorkerEnv } from './env.ts';
import { startHealthServer } from './health-server.ts';
import { openWorker } from './open-worker.ts';

const env = readWorkerEnv();
const log = createLogger('worker', env.LOG_LEVEL);
const report = (error: Error) => log.error({ err: error }, 'background error');
const stopping = new AbortController();

const worker = await openWorker(env, { log, report });
const health = startHealthServer({
  port: env.WORKER_METRICS_PORT,
  registry: worker.metrics.registry,
  stopping: stopping.signal,
  checks: {
    database: { required: true, check: async () => void (await worker.database.sql.rows('ready', 'select 1')) },
    engine: { required: true, check: worker.engine.check },
  },
});
health.on('error', report); // a taken port costs the metrics, not the mail

process.on('unhandledRejection', (reason) => report(reason instanceof Error ? reason : new Error(String(reason))));
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());
// Last: whoever hears it may tell this process to stop.
log.info({ queues: env.WORKER_QUEUES }, 'ready');
process.send?.('ready'); // to the launcher, whatever the log level

/** Gives running jobs five seconds. Nine seconds, then out regardless. */
async function stop(): Promise<void> {
  setTimeout(() => process.exit(1), 9_000).unref();
  stopping.abort();
  await worker.close(5_000);
  health.close();
  process.exit(0);
}
