import type { JobHandlers } from '@windlass/queue/job-context';
import type { WorkerServices } from '../../kit/worker-services.ts';
import type { jobs } from '../contract.ts';

export const handlers: JobHandlers<typeof jobs, WorkerServices> = {
  'artwork.prepare': () => import('./prepare.ts'),
  'artwork.make-proof': () => import('./make-proof.ts'),
  'artwork.sweep': () => import('./sweep.ts'),
  'artwork.purge': () => import('./purge.ts'),
  'artwork.discard': () => import('./discard.ts'),
};
