import type { JobHandler } from '@windlass/queue/jobs/job-context';
import type { WorkerServices } from '../../kit/worker-services.ts';
import type { jobs } from '../contract.ts';
import { objectInUse } from '../object-in-use.ts';

/**
 * Removes an object that no row names any more: one that was made again meanwhile stays. Removing what is gone is no
 * error.
 */
export const run: JobHandler<(typeof jobs)['artwork.discard'], WorkerServices> = async (
  context,
  { database, storage },
) => {
  const { objectKey } = context.payload;
  await context.step('remove', async () => {
    if (!(await objectInUse(database.sql, objectKey))) await storage.remove(objectKey);
  });
};
