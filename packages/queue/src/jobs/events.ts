import { defineEvent, type EventDefinition } from '@windlass/live/define-event';
import { type JobState, jobStates } from './job-state.ts';

type OfJob = { /** What the job serves. */ serves: string | null };

export type JobMoved = OfJob & {
  name?: string;
  attempt?: number;
  code?: string;
  /** ISO 8601. */
  nextAt?: string;
  /** A person did it. */
  byHand?: true;
  /** It was to be tried again with others, and a person stopped that. */
  retryStopped?: true;
};

/** Of a job: it has reached this state. */
export const jobMoved = Object.fromEntries(
  jobStates.map((state) => [state, defineEvent<JobMoved>('jobs', `job.${state}`)]),
) as Record<JobState, EventDefinition<JobMoved>>;

/** It is to stop, and runs until it hears of it. */
export const jobCancelling = defineEvent<OfJob>('jobs', 'job.cancelling');
export const jobAcknowledged = defineEvent<OfJob & { by: string }>('jobs', 'job.acknowledged');

// Reports of a running job (job-report.ts).
export const jobStep = defineEvent<OfJob & { step: string; title: string; index: number; of: number }>(
  'jobs',
  'job.step',
);
export const jobProgress = defineEvent<OfJob & { value: number; note: string | null }>('jobs', 'job.progress');

// Of a breaker, told to every shop.
type OfBreaker = { title: string; sentence: string | null };
export const breakerOpened = defineEvent<OfBreaker>('operations', 'breaker.opened');
export const breakerClosed = defineEvent<OfBreaker>('operations', 'breaker.closed');
