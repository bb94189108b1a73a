import type { Sql, Tx } from '@windlass/db/sql';
import type { Failure } from './errors.ts';

/** How a job ended. `failure` where something went wrong, also before a cancel. */
export type JobEnd = {
  id: string;
  name: string;
  state: 'succeeded' | 'degraded' | 'failed' | 'cancelled';
  failure: Pick<Failure, 'code' | 'sentence' | 'hint'> | null;
};

/** A person who steers jobs. */
export type Actor = { id: string; name: string };

/** Why a job may not be run again: a stable word for machines, and a sentence for people. */
export type RetryRefusal = { code: string; message: string };

/**
 * What the owner of a job does for what the job serves, whoever moves the job: in the transaction that moves it, before
 * its row is changed unless said otherwise, and for many jobs at once. Where one throws, the jobs have not moved.
 */
export type JobLife = {
  /**
   * Locks what `onSettled` will change and others lock before a job's row: called before that row is locked, so that
   * nobody deadlocks.
   */
  lockFirst?: (tx: Tx, jobIds: readonly string[]) => Promise<void>;
  /**
   * Puts right what they served, after they have ended, wherever that is: with their worker, by a cancel, or by the
   * reconciler because their worker vanished.
   */
  onSettled?: (tx: Tx, ends: readonly JobEnd[]) => Promise<void>;
  /**
   * The ends that `onSettled` has to hear of; left out: all. Where a handler that succeeds leaves nothing to put right,
   * its jobs end without a transaction of their own.
   */
  settles?: readonly JobEnd['state'][];
  /**
   * A person stops them. Answers those that are stopped with what they serve: nothing is done for it any more, even
   * where their worker has yet to hear of it. `onSettled` hears of those that waited.
   */
  onCancel?: (tx: Tx, jobIds: readonly string[], by: Actor) => Promise<readonly string[]>;
  /**
   * Of ended jobs those that a person may neither run again nor leave as they are, by id, and why: something else has
   * to be decided first, or was. Changes nothing.
   */
  refuseRetry?: (sql: Sql, jobIds: readonly string[]) => Promise<ReadonlyMap<string, RetryRefusal>>;
  /** A person runs them again, or at once where they wait for their next try. */
  onRetry?: (tx: Tx, jobIds: readonly string[]) => Promise<void>;
  /** They failed, and a person leaves them so. */
  onAcknowledge?: (tx: Tx, jobIds: readonly string[], by: Actor) => Promise<void>;
};

/** By the job's name. A job without one serves nothing that has to hear of it. */
export type JobLives = Readonly<Record<string, JobLife>>;
