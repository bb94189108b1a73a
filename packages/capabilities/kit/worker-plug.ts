import type { Logger } from '@windlass/config/logger';
import type { Database } from '@windlass/db/open-database';
import type { Sql } from '@windlass/db/sql';
import type { WakeListener } from '@windlass/db/wake';
import type { QueueHold } from '@windlass/queue/dispatch/dispatcher';
import type { JobHandlers, RegisteredJob } from '@windlass/queue/jobs/job-context';
import type { QueueName } from '@windlass/queue/jobs/queues';
import type { Storage } from '@windlass/storage/storage';
import type { Registry } from 'prom-client';
import type { z } from 'zod';
import type { Composer } from './compose-message.ts';
import type { BringLives, JobCatalogue } from './job-catalogue.ts';
import type { MessageSettlers } from './message-settler.ts';
import type { PlugServices, WorkerServices, WorkerSettings } from './worker-services.ts';

/** The process that runs a capability's jobs. */
export type WorkerHost = {
  database: Database;
  wakes: WakeListener;
  storage: Storage;
  settings: WorkerSettings;
  /** What becomes of messages for what they serve, whoever's they are. */
  messageSettlers: MessageSettlers;
  /** What /metrics shows; names begin with `wl_`. */
  metrics: Registry;
  log: Logger;
  /** Hears of errors in the background. */
  report: (error: Error) => void;
};

/** What a plug has opened: for handlers, for the queues it holds back while something is away, and how it is closed. */
export type Opened = {
  services: Partial<PlugServices>;
  holds?: Partial<Record<QueueName, QueueHold>>;
  close: () => void | Promise<void>;
};

/**
 * All that a capability adds to the worker. The worker loops over the plugs of `apps/worker/src/plugs.ts` and knows no
 * capability by name.
 */
export type WorkerPlug = {
  jobs: JobCatalogue;
  /** What becomes of its messages for what they serve, by their kind. */
  messageSettlers?: MessageSettlers;
  /** What becomes of what its jobs serve as they end, and as people steer them. The same in both programs. */
  jobLives?: BringLives;
  /** One for each job, loaded when the first of its kind comes. */
  handlers: Readonly<Record<string, RegisteredJob<WorkerServices>['load']>>;
  /** Who writes each kind of message that is its own. */
  composers?: (host: WorkerHost) => Readonly<Record<string, Composer>>;
  /** What it is told from outside; a start lists all faults of all capabilities at once. */
  env?: z.ZodRawShape;
  open?: (host: WorkerHost, env: Readonly<Record<string, unknown>>) => Opened | Promise<Opened>;
  /**
   * Deletes rows that are past their keep, every few minutes in each worker. What is more work than that is a job with
   * `every`.
   */
  prune?: (sql: Sql) => Promise<void>;
};

type Typed<Jobs extends JobCatalogue, Env extends z.ZodRawShape> = Omit<
  WorkerPlug,
  'jobs' | 'jobLives' | 'handlers' | 'env' | 'open'
> & {
  jobs: Jobs;
  jobLives?: BringLives<Jobs>;
  handlers: JobHandlers<Jobs, WorkerServices>;
  env?: Env;
  open?: (host: WorkerHost, env: z.output<z.ZodObject<Env>>) => Opened | Promise<Opened>;
};

/**
 * Holds a plug to its own words: a job without a handler does not compile, and `open` is given what `env` describes.
 */
export const defineWorkerPlug = <Jobs extends JobCatalogue, Env extends z.ZodRawShape>(
  plug: Typed<Jobs, Env>,
): WorkerPlug => plug as unknown as WorkerPlug;
