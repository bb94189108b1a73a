/** What a person is told of a failure: a stable word for machines, a sentence, and what to do about it. */
export type Failure = {
  code: string;
  /** For the log. */
  message: string;
  /** For the screen. */
  sentence: string;
  hint: string;
};

/** Thrown by a handler: this attempt failed, a later one may not. */
export class RetryLater extends Error {
  readonly failure: Failure;
  /** Overrides the definition's delay, e.g. by what the other side asked for. In ms. */
  readonly afterMs: number | undefined;
  /** Not the job's fault (a breaker is open, a limit reached): the attempt is not counted. */
  readonly uncounted: boolean;
  /** The key of the breaker whose closing lets it go at once. */
  readonly heldBy: string | undefined;
  constructor(failure: Failure, options: { afterMs?: number; uncounted?: boolean; heldBy?: string } = {}) {
    super(failure.message);
    this.failure = failure;
    this.afterMs = options.afterMs;
    this.uncounted = options.uncounted ?? false;
    this.heldBy = options.heldBy;
  }
}

/** Thrown by a handler: no later attempt will fare better. The job fails now and waits for a person. */
export class GiveUp extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/**
 * Thrown by a handler: nothing can be done until somebody else has answered. The job waits at no cost, no try spent,
 * until its owner says `resumeJob`, or until its time is over; then it runs again with its finished steps kept, and
 * looks for itself whether the answer is there.
 */
export class Parked extends Error {
  /** For the screen: whose answer, to what. */
  readonly sentence: string;
  /** How long at most, in ms; null: however long it takes. */
  readonly forMs: number | null;
  /** `until`: a date, or ms from now. */
  constructor({ sentence, until }: { sentence: string; until?: Date | number }) {
    super(sentence);
    this.sentence = sentence;
    // A time that is over must not make it run without rest.
    this.forMs = until === undefined ? null : Math.max(1_000, typeof until === 'number' ? until : +until - Date.now());
  }
}

/** The lease was lost: another worker owns the job. Nothing may be written any more. */
export class LeaseLost extends Error {
  constructor(jobId: string) {
    super(`lease of ${jobId} lost`);
  }
}

/** Why a running job's signal was aborted. */
export type AbortReason = 'cancelled' | 'timeout' | 'lease-lost' | 'shutdown';

/** Anything a handler throws that is neither of the above: a bug or an outage. It is retried, and says so. */
export function unexpectedFailure(error: unknown): Failure {
  return {
    code: 'UNEXPECTED',
    message: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    sentence: 'Something went wrong inside Windlass.',
    hint: 'It is tried again by itself. If it keeps failing, the log has the details under this job’s id.',
  };
}
