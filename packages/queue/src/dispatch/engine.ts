import {
  createPostgresBackend,
  type JobsOptions,
  type Processor,
  Queue as BullQueue,
  Worker as BullWorker,
} from 'bullmq';
import type { QueueName } from '../jobs/queues.ts';
import { checkRedis } from './check-redis.ts';
import { openEnginePool } from './open-engine-pool.ts';

/** What the engine is told of a job: nothing but which row to look at. */
export type Dispatch = { id: string; generation: number };

export type EngineQueue = {
  /** To be awaited before the first dispatch: a queue that could not connect at its start stays broken for good. */
  ready(): Promise<void>;
  add(dispatches: readonly Dispatch[]): Promise<void>;
  close(): Promise<void>;
};
export type EngineWorker = {
  ready(): Promise<void>;
  /** Takes no new work; resolves when the running jobs have ended. Has no time limit of its own. */
  close(): Promise<void>;
};

export type Engine = {
  kind: 'postgres' | 'redis';
  openQueue(name: QueueName): EngineQueue;
  openWorker(
    name: QueueName,
    options: { concurrency: number; run: (dispatch: Dispatch) => Promise<void> },
  ): EngineWorker;
  /** Throws where the engine cannot be relied on just now. */
  check(): Promise<void>;
  /** After its queues and workers. */
  close(): Promise<void>;
};

/**
 * A job that is done leaves nothing behind in the engine: a finished job of the same id would silently swallow a new
 * one.
 */
const FORGET: JobsOptions = { removeOnComplete: true, removeOnFail: true, attempts: 1 };

/** On PostgreSQL a bulk of BullMQ's makes a temporary table, which costs as much as some jobs added one by one. */
const FEW = 4;

/**
 * BullMQ, which is only told what to look at (docs/decisions/0001), on Redis (`redis://`) or on PostgreSQL
 * (`postgres://`) by the URL alone. What it loses is dispatched again by the reconciler; what it delivers twice is
 * claimed once. `report` hears of connection trouble: BullMQ reconnects by itself. Throws where the PostgreSQL engine's
 * schema cannot be brought up to date.
 */
export async function openEngine(url: string, report: (error: Error) => void): Promise<Engine> {
  const pool = /^rediss?:/.test(url) ? undefined : await openEnginePool(url);
  const told = new WeakSet<Error>();
  const reportOnce = (error: Error) => {
    // BullMQ's lock, not our lease: the dispatch ended in this very moment, or it comes back and finds nothing to
    // claim.
    if (error.message.startsWith('could not renew lock for job')) return;
    if (!told.has(error)) report(error); // one broken connection is heard of by all that share the pool
    told.add(error);
  };
  pool?.on('error', reportOnce);
  const listen = <T extends BullQueue | BullWorker>(emitter: T): T => {
    (emitter as { on(event: 'error', listener: (error: Error) => void): unknown }).on('error', reportOnce);
    return emitter;
  };
  const connection = (role: 'queue' | 'worker') => pool ?? redisConnection(url, role);
  // The backend is the LAST constructor argument; inside the options it is silently ignored.
  const backend = pool ? [createPostgresBackend] : [];

  return {
    kind: pool ? 'postgres' : 'redis',
    openQueue(name) {
      const queue = listen(
        new (BullQueue as QueueConstructor)(`windlass-${name}`, { connection: connection('queue') }, ...backend),
      );
      return {
        ready: async () => void (await queue.waitUntilReady()),
        async add(dispatches) {
          const jobs = dispatches.map((dispatch) => ({
            name,
            data: dispatch,
            opts: { ...FORGET, jobId: `${dispatch.id}-g${dispatch.generation}` },
          }));
          if (jobs.length < FEW) await Promise.all(jobs.map((job) => queue.add(job.name, job.data, job.opts)));
          else await queue.addBulk(jobs);
        },
        close: () => queue.close(),
      };
    },
    openWorker(name, { concurrency, run }) {
      const options = {
        connection: connection('worker'),
        concurrency,
        // A dispatch taken by a worker that died before its claim, or whose answer was lost, is free again after at
        // most 6 s. Our lease is what keeps a job from running twice; a lock that ends too early costs one idle claim.
        lockDuration: 4_000,
        stalledInterval: 2_000,
        runRetryDelay: 500, // its own 15 s would be the pause after any refused connection, and the wait of a shutdown
        maxStalledCount: 10, // poison is counted in PostgreSQL, not here
        removeOnComplete: { count: 0 },
        removeOnFail: { count: 0 },
      };
      const work: Processor = async (job) => run(job.data as Dispatch);
      const worker = listen(new (BullWorker as WorkerConstructor)(`windlass-${name}`, work, options, ...backend));
      return { ready: async () => void (await worker.waitUntilReady()), close: () => worker.close() };
    },
    check: async () => (pool ? void (await pool.query('select 1')) : checkRedis(url)),
    close: async () => pool?.end(),
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
    // A worker waits for Redis for ever. A dispatcher fails at once: what it could not dispatch is dispatched again by
    // the reconciler.
    maxRetriesPerRequest: role === 'worker' ? null : 1,
    enableOfflineQueue: role === 'worker',
    // A Redis that a lost route has cut off in silence is given up, and a new connection made. A worker's own commands
    // wait for 10 s.
    socketTimeout: role === 'worker' ? 12_000 : 5_000,
    retryStrategy: (times: number) => Math.min(50 * 2 ** Math.min(times, 5), 1000),
  };
}
