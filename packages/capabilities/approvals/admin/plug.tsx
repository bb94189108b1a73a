import { jobMoved } from '@windlass/queue/jobs/events';
import type { AdminPlug } from '../../kit/admin-plug.ts';

/**
 * Approvals have no screen of their own: an order is decided where it is seen. A batch tells how its mails fare, too.
 */
export const adminPlug: AdminPlug = {
  screens: [],
  rail: [],
  timeline: () => import('./timeline.ts').then((file) => file.timeline),
  invalidates: ({ topic, type }) => {
    if (topic !== 'approvals' && topic !== 'deliveries' && type !== jobMoved.failed.type) return [];
    return [
      ['approvals', 'batches'],
      ['approvals', 'batch'],
      ...(topic === 'approvals' ? [['approvals', 'waitingCount']] : []),
    ];
  },
};
