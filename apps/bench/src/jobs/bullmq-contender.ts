import { setTimeout as sleep } from 'node:timers/promises';
import { createPostgresBackend, type Job, Queue, Worker } from 'bullmq';
import { type Contender, type ContenderOptions, countDown, REPORT_EVERY_MS, REPORTS } from './contender.ts';

const NAME = 'bare';
const FORGET = { removeOnComplete: true, removeOnFail: true };

export type BareQueue = { queue: Queue; close(): Promise<void> };
type AnyConstructor<T> = new (...args: unknown[]) => T;

const connectionOf = (url: string) => {
  const { hostname, port, pathname, protocol } = new URL(url);
  return protocol === 'redis:'
    ? {
        connection: {
          host: hostname,
          port: Number(port),
          db: Number(pathname.slice(1) || 0),
          maxRetriesPerRequest: null,
        },
        backend: [],
      }
    : {
        connection: { connectionString: url, schema: 'bare', migrate: true, max: 10 },
        backend: [createPostgresBackend],
      };
};

/** BullMQ's own queue on either engine, with nothing of ours around it. */
export async function openBareQueue(url: string): Promise<BareQueue> {
  const { connection, backend } = connectionOf(url);
  const queue = new (Queue as unknown as AnyConstructor<Queue>)(NAME, { connection }, ...backend);
  await queue.waitUntilReady();
  return { queue, close: () => queue.close() };
}

/** The twin: a bare BullMQ worker. Its jobs leave no record, have no steps and no events of ours. */
export async function openBullmq({ engineUrl, concurrency, onStart }: ContenderOptions): Promise<Contender> {
  const { queue, close } = await openBareQueue(engineUrl);
  const ended = countDown();
  const work = async (job: Job) => {
    if (job.name === 'single') return onStart();
    if (job.name !== 'reporting') return;
    for (let i = 1; i <= REPORTS; i += 1) {
      await job.updateProgress(i);
      await sleep(REPORT_EVERY_MS);
    }
  };
  const { connection, backend } = connectionOf(engineUrl);
  const options = { connection, concurrency, removeOnComplete: { count: 0 }, removeOnFail: { count: 0 } };
  const worker = new (Worker as unknown as AnyConstructor<Worker>)(NAME, work, options, ...backend);
  worker.on('completed', ({ name }) => name !== 'single' && ended.hit());
  worker.on('error', (error) => console.error(error));
  await worker.waitUntilReady();
  let filled = 0;
  const add = async (name: string, count: number) => {
    for (let at = 0; at < count; at += 500) {
      await queue.addBulk(Array.from({ length: Math.min(500, count - at) }, () => ({ name, data: {}, opts: FORGET })));
    }
  };
  return {
    async fill(count) {
      await worker.pause();
      await add('empty', count);
      filled = count;
    },
    async drain() {
      const all = ended.expect(filled);
      worker.resume();
      await all;
    },
    async report(count) {
      const all = ended.expect(count);
      await add('reporting', count);
      await all;
    },
    async close() {
      await worker.close();
      await close();
    },
  };
}
