import type { Tx } from '@windlass/db/sql';
import type { z } from 'zod';
import type { JobEnd } from './job-ends.ts';
import type { QueueName } from './queues.ts';

export type JobDefinition<Payload extends z.ZodType = z.ZodType, Step extends string = string> = {
  /** `<capability>.<verb-noun>` */
  name: string;
  /** What people call it: "Send download links". */
  title: string;
  queue: QueueName;
  /** Ids only, at most 2 kB: the row is read and written by every statement about the job. */
  payload: Payload;
  /** Named steps in order, each with the words of the progress bar. A step that is done is not run again by a retry. */
  steps: Readonly<Record<Step, string>>;
  /** Waits after the first try, the second, ... in ms; so attempts allowed = delays + 1. */
  retryDelaysMs: readonly number[];
  /** For one attempt, all steps together. */
  timeoutMs: number;
  /**
   * What to do when a worker vanished after its effect may have left the house: `redo` (harmless), `resend` (the
   * receiver can tell a copy) or `uncertain` (a person decides).
   */
  onLostCommit: 'redo' | 'resend' | 'uncertain';
  /**
   * Puts right what the job served, in the transaction that ends the job, wherever that is: with its worker, by a
   * cancel, or by the reconciler because its worker vanished. Many at once. If it throws, the jobs have not ended.
   */
  onSettled?: (tx: Tx, ends: readonly JobEnd[]) => Promise<void>;
  /**
   * Locks what `onSettled` will change and others lock before a job's row: called before that row is locked, so that
   * nobody deadlocks.
   */
  lockFirst?: (tx: Tx, jobIds: readonly string[]) => Promise<void>;
};

/** Says what a job is. What it does is a handler in the capability's worker/, loaded by the worker alone. */
export const defineJob = <Payload extends z.ZodType, Step extends string>(
  definition: JobDefinition<Payload, Step>,
): JobDefinition<Payload, Step> => definition;

export type PayloadOf<Definition> = Definition extends JobDefinition<infer Payload, string> ? z.output<Payload> : never;
export type StepOf<Definition> = Definition extends JobDefinition<z.ZodType, infer Step> ? Step : never;

export const attemptsAllowed = (job: Pick<JobDefinition, 'retryDelaysMs'>): number => job.retryDelaysMs.length + 1;
