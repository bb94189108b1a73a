import { isFinal, type JobState, jobStates } from '@windlass/queue/jobs/job-state';
import type { JobTab } from './contract.ts';

/** The states a tab shows; null: all. */
export function statesOf(tab: JobTab): JobState[] | null {
  switch (tab) {
    case 'all':
      return null;
    case 'moving':
      return jobStates.filter((state) => !isFinal(state));
    case 'failed':
      return ['failed'];
    case 'done':
      return ['succeeded', 'degraded', 'cancelled'];
  }
}
