import type { JobHandlers } from '@windlass/queue/job-context';
import type { WorkerServices } from '../../kit/worker-services.ts';
import type { jobs } from '../contract.ts';

export const handlers: JobHandlers<typeof jobs, WorkerServices> = {
  'customers.erase': () => import('./erase.ts'),
};
