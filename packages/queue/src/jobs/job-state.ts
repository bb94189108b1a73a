/**
 * scheduled -> queued -> active -> succeeded | degraded | failed | cancelled
 *                ^          |
 *                +-retrying-+
 * `degraded`: done without an optional part, which is listed. `scheduled`: waits for its time, or for other jobs.
 * `retrying`: failed, and waits for its next attempt; or parked, and waits for somebody else's answer (waiting.ts).
 */
export const jobStates = [
  'scheduled',
  'queued',
  'active',
  'retrying',
  'succeeded',
  'degraded',
  'failed',
  'cancelled',
] as const;
export type JobState = (typeof jobStates)[number];

/** No worker will touch it again, unless a person retries it. */
export function isFinal(state: JobState): boolean {
  switch (state) {
    case 'succeeded':
    case 'degraded':
    case 'failed':
    case 'cancelled':
      return true;
    case 'scheduled':
    case 'queued':
    case 'active':
    case 'retrying':
      return false;
  }
}

/**
 * A person may run it again, or not wait for its next try. A job that did its work may not: that would be a resend,
 * which is a new delivery.
 */
export const canRetry = (state: JobState): boolean =>
  state === 'failed' || state === 'cancelled' || state === 'retrying';
export const canCancel = (state: JobState): boolean => !isFinal(state);
