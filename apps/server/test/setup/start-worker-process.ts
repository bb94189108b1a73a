import type { LostCommitPolicy } from '@windlass/capabilities/deliveries/contract';
import { recogniseDatabase, watchHeldShops } from '@windlass/capabilities/deliveries/operations';
import { openDatabase } from '@windlass/db/open-database';
import { listenForWakes } from '@windlass/db/wake';
import { createImagePipeline, type ImagePipelineOptions } from '@windlass/image-pipeline/create-image-pipeline';
import { createSmtpSender } from '@windlass/messaging/smtp-sender';
import { createBreaker } from '@windlass/queue/breaker';
import { openEngine } from '@windlass/queue/engine';
import { startWorker } from '@windlass/queue/start-worker';
import { openStorage } from '@windlass/storage/open-storage';
import { createComposers, registerJobs } from '../../../worker/src/capabilities.ts';
import { captureLog, type CapturedLog } from './capture-log.ts';
import { countStorage, type StorageCalls } from './count-storage.ts';
import { LINK_SECRET } from './settings.ts';

export type WorkerOptions = {
  databaseUrl: string;
  storageUrl: string;
  smtpUrl: string;
  publicUrl: string;
  /** Default: resend. */
  onLostCommit?: LostCommitPolicy | undefined;
  /** How long a picture may take. Default: as in a real house. */
  pictures?: Pick<ImagePipelineOptions, 'cpuMs' | 'timeoutMs'> | undefined;
  report: (error: Error) => void;
};
export type RunningTestWorker = { storageCalls: StorageCalls; log: CapturedLog; stop(): Promise<void> };

/**
 * One worker process as apps/worker/src/main.ts wires it, but inside this process, serving mail, pictures, batches and
 * imports.
 */
export async function startWorkerProcess(options: WorkerOptions): Promise<RunningTestWorker> {
  const { report } = options;
  const { log, ...captured } = captureLog('worker');
  const database = openDatabase({ url: options.databaseUrl, poolSize: 8, applicationName: 'windlass worker', report });
  const wakes = listenForWakes(options.databaseUrl, report);
  const { storage, calls } = countStorage(openStorage(options.storageUrl));
  const onLostCommit = {
    'bundle-links': options.onLostCommit ?? 'resend',
    'artwork-proof': 'resend',
    invitation: 'resend',
    'password-reset': 'resend',
  } as const;
  const settings = { publicUrl: options.publicUrl, linkSecret: LINK_SECRET, onLostCommit };
  const smtp = createSmtpSender({
    url: options.smtpUrl,
    maxConnections: 5,
    connectTimeoutMs: 2_000,
    greetingTimeoutMs: 2_000,
    socketTimeoutMs: 5_000,
  });
  const mailBreaker = createBreaker({
    sql: database.sql,
    wakes,
    report,
    key: `smtp:${new URL(options.smtpUrl).host}`,
    title: 'The mail server',
    queue: 'mail',
    waitMs: 300,
  });
  await recogniseDatabase(database);
  const heldShops = await watchHeldShops({ sql: database.sql, wakes, report });
  const images = createImagePipeline({ children: 1, ...options.pictures });
  const engine = await openEngine(options.databaseUrl, report);
  const worker = await startWorker({
    database,
    wakes,
    engine,
    jobs: registerJobs(),
    serve: ['mail', 'default', 'images'],
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
    report,
    onFinished(job, ending, ms) {
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
  });
  return {
    storageCalls: calls,
    log: { log, ...captured },
    async stop() {
      await worker.close(1_000);
      await engine.close();
      mailBreaker.close();
      heldShops.close();
      smtp.close();
      await images.close();
      await wakes.close();
      await storage.close();
      await database.close();
    },
  };
}
