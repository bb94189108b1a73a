import { scheduleSweep } from '@windlass/capabilities/artwork/schedule-sweep';
import { AFTER_DOT_MS, type LostCommitPolicies, messageKinds } from '@windlass/capabilities/deliveries/contract';
import { recogniseDatabase, watchHeldShops } from '@windlass/capabilities/deliveries/operations';
import { pruneIntake } from '@windlass/capabilities/orders/prune-intake';
import { createLogger } from '@windlass/config/logger';
import { openDatabase } from '@windlass/db/open-database';
import { listenForWakes } from '@windlass/db/wake';
import { createImagePipeline } from '@windlass/image-pipeline/create-image-pipeline';
import { createSmtpSender } from '@windlass/messaging/smtp-sender';
import { createBreaker } from '@windlass/queue/breaker';
import { openEngine } from '@windlass/queue/engine';
import { queues } from '@windlass/queue/queues';
import { startWorker } from '@windlass/queue/start-worker';
import { openStorage } from '@windlass/storage/open-storage';
import { createComposers, registerJobs } from './capabilities.ts';
import { env } from './env.ts';
import { startHealthServer } from './health-server.ts';
import { createMetrics } from './metrics.ts';

const log = createLogger('worker', env.LOG_LEVEL);
const report = (error: Error) => log.error({ err: error }, 'background error');
const metrics = createMetrics();
const stopping = new AbortController();

const database = openDatabase({
  url: env.DATABASE_URL,
  poolSize: env.DATABASE_POOL,
  applicationName: 'windlass worker',
  report,
  onStatement: (op, ms) => metrics.statements.observe({ op }, ms / 1000),
});
const wakes = listenForWakes(env.DATABASE_URL, report);
const storage = openStorage(env.STORAGE_URL);
const onLostCommit = Object.fromEntries(
  messageKinds.map((kind) => [kind, env.MAIL_ON_LOST_COMMIT]),
) as LostCommitPolicies;
const settings = { publicUrl: env.PUBLIC_URL, linkSecret: env.LINK_SECRET, onLostCommit };
const smtp = createSmtpSender({
  url: env.SMTP_URL,
  maxConnections: queues.mail.concurrency,
  connectTimeoutMs: 5_000,
  greetingTimeoutMs: 5_000,
  socketTimeoutMs: AFTER_DOT_MS,
});
const mailHost = new URL(env.SMTP_URL).host;
const mailBreaker = createBreaker({
  sql: database.sql,
  wakes,
  report,
  key: `smtp:${mailHost}`,
  title: `The mail server ${mailHost}`,
  queue: 'mail',
});

if ((await recogniseDatabase(database)) === 'restored')
  log.warn('this is a restored backup: messages are held until an admin releases them');
const heldShops = await watchHeldShops({ sql: database.sql, wakes, report });

const images = createImagePipeline({ children: queues.images.concurrency, log: (line) => log.info(line) });

const engine = await openEngine(env.QUEUE_URL, report);
const worker = await startWorker({
  database,
  wakes,
  engine,
  jobs: registerJobs(),
  serve: env.WORKER_QUEUES,
  services: {
    database,
    storage,
    smtp,
    mailBreaker,
    heldShops,
    images,
    settings,
    log,
    composers: createComposers(database, settings),
  },
  holds: { mail: mailBreaker },
  async prune(sql) {
    await pruneIntake(sql);
    await scheduleSweep(sql);
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
    if (ending.failure)
      log.warn({ ...line, code: ending.failure.code, reason: ending.failure.message }, 'job attempt failed');
    else log.debug(line, 'job done');
  },
  onRequeued(reason, count) {
    metrics.requeued.inc({ reason }, count);
    log.warn({ reason, count }, 'jobs brought back');
  },
});
metrics.watch(database, worker);

const health = startHealthServer({
  port: env.WORKER_METRICS_PORT,
  registry: metrics.registry,
  stopping: stopping.signal,
  checks: {
    database: { required: true, check: async () => void (await database.sql.rows('ready', 'select 1')) },
    engine: { required: true, check: engine.check },
  },
});
health.on('error', report); // a taken port costs the metrics, not the mail
log.info({ queues: env.WORKER_QUEUES }, 'ready');
process.send?.('ready'); // to the launcher, whatever the log level

process.on('unhandledRejection', (reason) => report(reason instanceof Error ? reason : new Error(String(reason))));
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());

/**
 * Takes no new work, gives running jobs five seconds, hands the rest back uncounted. Nine seconds, then out regardless.
 */
async function stop(): Promise<void> {
  setTimeout(() => process.exit(1), 9_000).unref();
  stopping.abort();
  await worker.close(5_000);
  await engine.close();
  mailBreaker.close();
  heldShops.close();
  smtp.close();
  await images.close();
  health.close();
  await wakes.close();
  await storage.close();
  await database.close();
  process.exit(0);
}
