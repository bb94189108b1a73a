import type { StatusBadge } from '@windlass/ui/status-chip';
import type { JobState } from '@windlass/queue/jobs/job-state';

/** `waitsFor`: titles of other jobs. `parked`: it waits for somebody else's answer. */
type Shown = { state: JobState; acknowledged?: boolean; waitsFor?: string | null; parked?: object | null };

/** How each state of a job looks: the one map. */
export function jobBadge({ state, acknowledged = false, waitsFor = null, parked = null }: Shown): StatusBadge {
  if (state === 'failed' && acknowledged) return { tone: 'neutral', icon: 'check', label: 'Acknowledged' };
  switch (state) {
    case 'scheduled':
      return { tone: 'neutral', icon: 'pause', label: waitsFor === null ? 'Scheduled' : 'Waits for a job' };
    case 'queued':
      return { tone: 'info', icon: 'clock', label: 'Queued' };
    case 'active':
      return { tone: 'info', icon: 'arrow', label: 'Running', moving: true };
    case 'retrying':
      return parked
        ? { tone: 'neutral', icon: 'pause', label: 'Waits for an answer' }
        : { tone: 'warning', icon: 'clock', label: 'Trying again' };
    case 'succeeded':
      return { tone: 'success', icon: 'check', label: 'Done' };
    case 'degraded':
      return { tone: 'warning', icon: 'alert', label: 'Done in part' };
    case 'failed':
      return { tone: 'danger', icon: 'cross', label: 'Failed' };
    case 'cancelled':
      return { tone: 'neutral', icon: 'ban', label: 'Cancelled' };
  }
}
