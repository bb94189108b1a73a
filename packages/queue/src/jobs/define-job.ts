import type { z } from 'zod';
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
   * It comes by the clock: once in each period of so many seconds, at its beginning or up to `jitterSeconds` after it,
   * while any worker runs. Its payload is empty, it is no shop's, and no list shows it. A period is shorter than the
   * `keepDays` of the queue.
   */
  every?: { seconds: number; jitterSeconds?: number };
};

const titles = new Map<string, string>();

/** What people call jobs of this name, where this program knows them; else the name. */
export const titleOfJob = (name: string): string => titles.get(name) ?? name;

/**
 * Says what a job is. What it does is a handler in the capability's worker/, loaded by the worker alone; what becomes of
 * what it serves is its life (job-life.ts). A worker may die between an effect and its record, so a step may run twice:
 * say beside the definition why that does no harm. Throws where `every` and `payload` do not go together.
 */
export const defineJob = <Payload extends z.ZodType, Step extends string>(
  definition: JobDefinition<Payload, Step>,
): JobDefinition<Payload, Step> => {
  if (definition.every && !definition.payload.safeParse({}).success)
    throw new Error(`${definition.name} comes by the clock, so it must do with an empty payload`);
  titles.set(definition.name, definition.title);
  return definition;
};

export type PayloadOf<Definition> = Definition extends JobDefinition<infer Payload, string> ? z.output<Payload> : never;
export type StepOf<Definition> = Definition extends JobDefinition<z.ZodType, infer Step> ? Step : never;

export const attemptsAllowed = (job: Pick<JobDefinition, 'retryDelaysMs'>): number => job.retryDelaysMs.length + 1;
