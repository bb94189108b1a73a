import type { JobHandlers } from '@windlass/queue/job-context';
import type { WorkerServices } from '../../kit/worker-services.ts';
import type { jobs } from '../contract.ts';

/** The mail of an approval is a delivery, written by compose-bundle-links.ts. */
export const handlers: JobHandlers<typeof jobs, WorkerServices> = {
  'approvals.decide-batch': () => import('./decide-batch.ts'),
};
