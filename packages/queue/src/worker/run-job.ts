import type { JobDefinition } from '../jobs/define-job.ts';
import { type AbortReason, GiveUp, LeaseLost, Parked, RetryLater, unexpectedFailure } from '../jobs/errors.ts';
import type { JobContext, RegisteredJob } from '../jobs/job-context.ts';
import { PARKED } from '../jobs/waiting.ts';
import type { ClaimedJob } from './claim-jobs.ts';
import type { Ending } from './finish-jobs.ts';
import type { Progress } from './record-progress.ts';
import type { StepEnd } from './record-steps.ts';
import type { StepRecorder } from './step-recorder.ts';

export type Recorders = {
  steps: Pick<StepRecorder, 'started' | 'ended'>;
  /** What a finished step returned, for later attempts. False: the lease was lost. */
  keep: (step: StepEnd) => Promise<boolean>;
  progress: (progress: Progress) => void;
};

export type RunOptions<Services> = {
  registered: RegisteredJob<Services>;
  services: Services;
  leaseToken: string;
  recorders: Recorders;
  abort: AbortController;
  /** By this process's own clock: whoever was stopped for long begins no step that others may have begun. */
  leaseHolds: () => boolean;
};

/**
 * Runs one attempt of a claimed job and says how it ended. Never throws; a lost lease answers undefined: nothing may be
 * written.
 */
export async function runJob<Services>(job: ClaimedJob, options: RunOptions<Services>): Promise<Ending | undefined> {
  const { registered, services, abort } = options;
  const { definition } = registered;
  const missing: { part: string; reason: string }[] = [];
  const timer = setTimeout(() => abort.abort('timeout' satisfies AbortReason), definition.timeoutMs);
  const ending = (rest: Omit<Ending, 'jobId' | 'name' | 'attempt'>): Ending => ({
    jobId: job.id,
    name: job.name,
    attempt: job.attempt,
    ...rest,
  });
  try {
    const payload = definition.payload.parse(job.payload);
    const { run } = await registered.load();
    await run(makeContext(job, { ...options, payload, missing }), services);
    return missing.length > 0 ? ending({ state: 'degraded', missing }) : ending({ state: 'succeeded' });
  } catch (error) {
    const reason = abort.signal.aborted ? (abort.signal.reason as AbortReason) : undefined;
    if (error instanceof LeaseLost || reason === 'lease-lost') return undefined;
    if (reason === 'cancelled') return ending({ state: 'cancelled' });
    return ending(afterFailure(error, { job, definition, reason }));
  } finally {
    clearTimeout(timer);
  }
}

/** A newer release may have enqueued it: its own workers will know what to do. Costs no try. */
export const handlerMissing = (job: ClaimedJob): Ending => ({
  jobId: job.id,
  name: job.name,
  attempt: job.attempt,
  state: 'retrying',
  delayMs: 10_000,
  counted: false,
  failure: {
    code: 'NO_HANDLER',
    message: `no handler for job ${job.name}: is it in the worker plug of its capability?`,
    sentence: 'No worker knows how to do this.',
    hint: 'Start workers of the present release; it is tried again every ten seconds.',
  },
});

type FailedAttempt = { job: ClaimedJob; definition: JobDefinition; reason: AbortReason | undefined };

/** Retry, give up, or wait without spending the attempt. */
function afterFailure(
  error: unknown,
  { job, definition, reason }: FailedAttempt,
): Omit<Ending, 'jobId' | 'name' | 'attempt'> {
  if (error instanceof Parked) {
    const { sentence, message, forMs } = error;
    const failure = { code: PARKED, message, sentence, hint: 'It goes on by itself when the answer comes.' };
    return { state: 'retrying', delayMs: forMs, counted: false, failure };
  }
  if (reason === 'shutdown' && !(error instanceof GiveUp)) {
    return { state: 'retrying', delayMs: 0, counted: false, failure: SHUTDOWN };
  }
  if (error instanceof GiveUp) return { state: 'failed', failure: error.failure };
  const failure =
    error instanceof RetryLater
      ? error.failure
      : reason === 'timeout'
        ? timeoutFailure(definition)
        : unexpectedFailure(error);
  const uncounted = error instanceof RetryLater && error.uncounted;
  const delay = definition.retryDelaysMs[job.failures];
  if (!uncounted && delay === undefined) return { state: 'failed', failure };
  const delayMs =
    (error instanceof RetryLater ? error.afterMs : undefined) ?? delay ?? definition.retryDelaysMs.at(-1) ?? 10_000;
  const heldBy = error instanceof RetryLater ? error.heldBy : undefined;
  return { state: 'retrying', delayMs, counted: !uncounted, failure, ...(heldBy !== undefined && { heldBy }) };
}

const SHUTDOWN = {
  code: 'WORKER_STOPPED',
  message: 'the worker was told to stop',
  sentence: 'The worker was stopped while doing this.',
  hint: 'Another worker takes it over by itself.',
};

const timeoutFailure = (definition: JobDefinition) => ({
  code: 'TIMEOUT',
  message: `no end after ${definition.timeoutMs} ms`,
  sentence: `This took longer than ${Math.round(definition.timeoutMs / 1000)} seconds.`,
  hint: 'It is tried again by itself. If it happens often, look at what the slow step talks to.',
});

type ContextParts<Services> = RunOptions<Services> & {
  payload: unknown;
  missing: { part: string; reason: string }[];
};

function makeContext<Services>(job: ClaimedJob, parts: ContextParts<Services>): JobContext {
  const { recorders, abort } = parts;
  const { steps } = parts.registered.definition;
  const names = Object.keys(steps);
  const of = (step: string) => ({ jobId: job.id, attempt: job.attempt, step });
  const underWay = new Set<string>();
  let present: string | undefined;
  const stillMine = (held: boolean) => {
    if (held) return;
    abort.abort('lease-lost' satisfies AbortReason);
    throw new LeaseLost(job.id);
  };
  return {
    id: job.id,
    shopId: job.shopId,
    subject: job.subject,
    requestId: job.requestId,
    payload: parts.payload as never,
    attempt: job.attempt,
    tryNumber: job.failures + 1,
    tries: job.maxAttempts,
    leaseToken: parts.leaseToken,
    signal: abort.signal,
    async step(name, work, { rerun } = { rerun: false }) {
      if (Object.hasOwn(job.steps, name)) return job.steps[name] as never;
      stillMine(parts.leaseHolds());
      abort.signal.throwIfAborted();
      if (underWay.has(name)) throw new Error(`step ${name} of ${job.name} was begun twice at once`);
      underWay.add(name);
      try {
        recorders.steps.started({
          ...of(name),
          title: steps[name] ?? name,
          index: names.indexOf(name),
          of: names.length,
        });
        present = name;
        const started = performance.now();
        const result = await work();
        const end = { ...of(name), ms: performance.now() - started, result: rerun ? null : result, kept: !rerun };
        if (rerun) recorders.steps.ended(end);
        else stillMine(await recorders.keep(end));
        return result;
      } finally {
        underWay.delete(name);
      }
    },
    progress: (value, note) =>
      recorders.progress({
        jobId: job.id,
        attempt: job.attempt,
        step: present,
        value: Math.min(Math.max(value, 0), 1),
        note,
      }),
    skipPart: (part, reason) => void parts.missing.push({ part, reason }),
  };
}
