import { createRequire } from 'node:module';
import type * as BullMq from 'bullmq';
import type { JobsOptions, Processor, Queue as BullQueue, Worker as BullWorker } from 'bullmq';
import type { QueueName } from './queues.ts';

// By require: BullMQ's PostgreSQL backend loads `pg` with require itself, which its ES module build does not have.
const bullmq = createRequire(import.meta.url)('bullmq') as typeof BullMq;

/** What the engine is told of a job: nothing but which row to look at. */
export type Ring = { id: string; generation: number };

export type EngineQueue = { add(rings: readonly Ring[]): Promise<void>; close(): Promise<void> };
export type EngineWorker = {
  ready(): Promise<void>;
  /** Takes no new work; resolves when the running jobs have ended. Has no time limit of its own. */
  close(): Promise<void>;
};

export type Engine = {
  kind: 'postgres' | 'redis';
  openQueue(name: QueueName): EngineQueue;
  openWorker(name: QueueName, options: { concurrency: number; run: (ring: Ring) => Promise<void> }): EngineWorker;
};

/** A job that is done leaves nothing behind in the engine: a finished job of the same id would silently swallow a new one. */
const FORGET: JobsOptions = { removeOnComplete: true, removeOnFail: true, attempts: 1 };

/**
 * BullMQ as a doorbell, on Redis (`redis://`) or on PostgreSQL (`postgres://`) by the URL alone. What it loses is rung again
 * by the reconciler; what it rings twice is claimed once. `report` hears of connection trouble: BullMQ reconnects by itself.
 */
export function openEngine(url: string, report: (error: Error) => void): Engine {
  const scheme = new URL(url).protocol.replace(':', '');
  const kind = scheme.startsWith('redis') ? 'redis' : 'postgres';
  const listen = <T extends BullQueue | BullWorker>(emitter: T): T => {
    (emitter as { on(event: 'error', listener: (error: Error) => void): unknown }).on('error', report);
    return emitter;
  };
  const connection = (role: 'queue' | 'worker') =>
    kind === 'postgres'
      ? { connectionString: url, schema: 'bullmq', migrate: true, max: role === 'worker' ? 4 : 1, application_name: `windlass ${role}` }
      : redisConnection(url, role);
  // The backend is the LAST constructor argument; inside the options it is silently ignored.
  const backend = kind === 'postgres' ? [bullmq.createPostgresBackend] : [];

  return {
    kind,
    openQueue(name) {
      const queue = listen(new (bullmq.Queue as QueueConstructor)(`windlass-${name}`, { connection: connection('queue') }, ...backend));
      return {
        async add(rings) {
          await queue.addBulk(rings.map((ring) => ({ name, data: ring, opts: { ...FORGET, jobId: `${ring.id}-g${ring.generation}` } })));
        },
        close: () => queue.close(),
      };
    },
    openWorker(name, { concurrency, run }) {
      const options = {
        connection: connection('worker'),
        concurrency,
        lockDuration: 10_000,
        stalledInterval: 5_000,
        maxStalledCount: 10, // poison is counted in PostgreSQL, not here
        removeOnComplete: { count: 0 },
        removeOnFail: { count: 0 },
      };
      const work: Processor = async (job) => run(job.data as Ring);
      const worker = listen(new (bullmq.Worker as WorkerConstructor)(`windlass-${name}`, work, options, ...backend));
      return { ready: async () => void (await worker.waitUntilReady()), close: () => worker.close() };
    },
  };
}

// The two backends differ in the type of their connection; the code above is the same for both.
type QueueConstructor = new (name: string, options: object, ...backend: unknown[]) => BullQueue;
type WorkerConstructor = new (name: string, work: Processor, options: object, ...backend: unknown[]) => BullWorker;

function redisConnection(url: string, role: 'queue' | 'worker') {
  const { hostname, port, username, password, pathname, protocol } = new URL(url);
  return {
    host: hostname,
    port: Number(port || 6379),
    ...(username && { username: decodeURIComponent(username) }),
    ...(password && { password: decodeURIComponent(password) }),
    db: Number(pathname.slice(1) || 0),
    ...(protocol === 'rediss:' && { tls: {} }),
    // A worker waits for Redis for ever. A dispatcher fails at once: what it could not ring is rung again by the reconciler.
    maxRetriesPerRequest: role === 'worker' ? null : 1,
    enableOfflineQueue: role === 'worker',
    retryStrategy: (times: number) => Math.min(50 * 2 ** Math.min(times, 5), 1000),
  };
}
