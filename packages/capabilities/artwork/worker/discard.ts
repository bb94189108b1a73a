import type { JobHandler } from '@windlass/queue/job-context';
import type { WorkerServices } from '../../kit/worker-services.ts';
import type { jobs } from '../contract.ts';

/** Removes an object that no row names any more. Removing what is gone is no error. */
export const run: JobHandler<(typeof jobs)['artwork.discard'], WorkerServices> = async (context, { storage }) => {
  await context.step('remove', () => storage.remove(context.payload.objectKey));
};
