import { pathToFileURL } from 'node:url';
import { findFreePort } from '@windlass/db/embedded/find-free-port';
import { type Usage, readUsage } from './read-usage.ts';
import { LINK_SECRET } from './secrets.ts';
import { startProcess } from './start-process.ts';
import type { World } from './world.ts';

export type BenchWorker = { pid: number; usage(): Promise<Usage>; stop(): Promise<void> };
export type WorkerWish = {
  databaseUrl: string;
  engineUrl: string;
  smtpUrl: string;
  publicUrl: string;
  storageUrl?: string;
};

/** The real worker, serving every queue, in a process of its own. */
export async function startWorker(world: World, wish: WorkerWish): Promise<BenchWorker> {
  const port = await findFreePort();
  const { pid, stop } = await startProcess(world, {
    program: 'apps/worker/src/main.ts',
    env: {
      PUBLIC_URL: wish.publicUrl,
      DATABASE_URL: wish.databaseUrl,
      QUEUE_URL: wish.engineUrl,
      SMTP_URL: wish.smtpUrl,
      STORAGE_URL: wish.storageUrl ?? pathToFileURL(world.createFolder()).href,
      LINK_SECRET,
      WORKER_METRICS_PORT: String(port),
    },
  });
  return { pid, stop, usage: () => readUsage(`http://127.0.0.1:${port}/metrics`) };
}
