import type { JobDefinition, PayloadOf, StepOf } from './define-job.ts';
import type { JobLife } from './job-life.ts';

/** What a handler is given. */
export type JobContext<Definition extends JobDefinition = JobDefinition> = {
  id: string;
  shopId: string | null;
  subject: string | null;
  requestId: string | null;
  payload: PayloadOf<Definition>;
  /** Over the job's whole life; fences writes together with `leaseToken`. */
  attempt: number;
  /** 1 on the first try of this round; `tries` is how many there may be. */
  tryNumber: number;
  tries: number;
  leaseToken: string;
  /** Aborted on cancel, timeout, shutdown and a lost lease; its reason says which. */
  signal: AbortSignal;
  /**
   * Runs a named step, or answers its kept result where an earlier attempt finished it. The result must survive JSON.
   * `rerun: true`: every attempt runs the step anew and its result is not kept (it is cheap, or secret, or must be
   * fresh).
   */
  step<Result>(name: StepOf<Definition>, work: () => Promise<Result>, options?: { rerun: boolean }): Promise<Result>;
  /** 0..1 of the present step's work; coalesced, so call it as often as you like. */
  progress(value: number, note?: string): void;
  /** An optional part could not be done: the job ends `degraded` and lists it. */
  skipPart(part: string, reason: string): void;
};

/** Does the work. `services` are the connections the worker's main opened. */
export type JobHandler<Definition extends JobDefinition, Services> = (
  context: JobContext<Definition>,
  services: Services,
) => Promise<void>;

/** One lazily loaded handler for each definition: a job without a handler does not compile. */
export type JobHandlers<Jobs extends Record<string, JobDefinition>, Services> = {
  [Name in keyof Jobs]: () => Promise<{ run: JobHandler<Jobs[Name], Services> }>;
};

export type RegisteredJob<Services> = {
  definition: JobDefinition;
  life?: JobLife | undefined;
  load: () => Promise<{ run: JobHandler<JobDefinition, Services> }>;
};
