import type { Logger } from '@windlass/config/logger';
import type { Database } from '@windlass/db/open-database';
import type { Storage } from '@windlass/storage/storage';
import type { GatheredComposer } from './gather-composers.ts';

/**
 * What worker plugs open for handlers (a sender, a breaker, a pool of children): each adds its own here by declaration
 * merging, in its `worker/plug.ts`.
 */
// eslint-disable-next-line typescript/no-empty-object-type -- plugs fill it
export interface PlugServices {}

/** What is open in a worker, for job handlers to use. */
export type WorkerServices = PlugServices & {
  database: Database;
  storage: Storage;
  /** Writes each kind of message, by the kind. */
  composers: Readonly<Record<string, GatheredComposer>>;
  settings: WorkerSettings;
  log: Logger;
};

export type WorkerSettings = { publicUrl: string; linkSecret: string };
