import type { z } from 'zod';
import type { QueueName } from './queues.ts';

export type JobDefinition<Payload extends z.ZodType = z.ZodType, Step extends string = string> = {
  /** `<capability>.<verb-noun>` */
  name: string;
  /** What people call it: "Send download links". */
  title: string;
  queue: QueueName;
  /** Ids only, at most 2 kB: the queue engine stores it in clear text. */
  payload: Payload;
  /** Named steps in order, each with the words of the progress bar. A step that is done is not run again by a retry. */
  steps: Readonly<Record<Step, string>>;
  /** Waits after the first try, the second, ... in ms; so attempts allowed = delays + 1. */
  retryDelaysMs: readonly number[];
  /** For one attempt, all steps together. */
  timeoutMs: number;
  /**
   * What to do when a worker vanished after its effect may have left the house: `redo` (harmless), `resend` (the receiver
   * can tell a copy) or `uncertain` (a person decides).
   */
  onLostCommit: 'redo' | 'resend' | 'uncertain';
};

/** Says what a job is. What it does is a handler in the capability's worker/, loaded by the worker alone. */
export const defineJob = <Payload extends z.ZodType, Step extends string>(
  definition: JobDefinition<Payload, Step>,
): JobDefinition<Payload, Step> => definition;

export type PayloadOf<Definition> = Definition extends JobDefinition<infer Payload, string> ? z.output<Payload> : never;
export type StepOf<Definition> = Definition extends JobDefinition<z.ZodType, infer Step> ? Step : never;

export const attemptsAllowed = (job: Pick<JobDefinition, 'retryDelaysMs'>): number => job.retryDelaysMs.length + 1;
