import type { LostCommitPolicy } from '@windlass/capabilities/deliveries/contract';
import { readWorkerEnv } from '@windlass/worker/env';
import { openWorker } from '@windlass/worker/open-worker';
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
  pictures?: { cpuMs?: number; timeoutMs?: number } | undefined;
  env?: Readonly<Record<string, string>>;
  report: (error: Error) => void;
};
export type RunningTestWorker = { storageCalls: StorageCalls; log: CapturedLog; stop(): Promise<void> };

const seconds = (ms: number | undefined) => (ms === undefined ? undefined : String(ms / 1000));

/** The worker of apps/worker inside this process, serving mail, pictures, batches and imports. Its waits are short. */
export async function startWorkerProcess(options: WorkerOptions): Promise<RunningTestWorker> {
  const log = captureLog('worker');
  let storageCalls: StorageCalls | undefined;
  const env = readWorkerEnv({
    PUBLIC_URL: options.publicUrl,
    DATABASE_URL: options.databaseUrl,
    QUEUE_URL: options.databaseUrl,
    STORAGE_URL: options.storageUrl,
    LINK_SECRET,
    WORKER_QUEUES: 'mail,default,images',
    SMTP_URL: options.smtpUrl,
    SMTP_CONNECT_SECONDS: '2',
    SMTP_ANSWER_SECONDS: '5',
    SMTP_AWAY_SECONDS: '0.3',
    MAIL_ON_LOST_COMMIT: options.onLostCommit,
    PICTURE_CPU_SECONDS: seconds(options.pictures?.cpuMs),
    PICTURE_SECONDS: seconds(options.pictures?.timeoutMs),
    ...options.env,
  });
  const worker = await openWorker(env, {
    log: log.log,
    report: options.report,
    wrapStorage(stored) {
      const { storage, calls } = countStorage(stored);
      storageCalls = calls;
      return storage;
    },
  });
  return { storageCalls: storageCalls!, log, stop: () => worker.close(1_000) };
}
