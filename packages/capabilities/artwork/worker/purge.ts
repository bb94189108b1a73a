import type { JobHandler } from '@windlass/queue/jobs/job-context';
import type { WorkerServices } from '../../kit/worker-services.ts';
import type { jobs } from '../contract.ts';
import { purgeRemoved } from './purge-removed.ts';

/** The undo of a removal has ended: what was removed goes for good, unless it was put back. */
export const run: JobHandler<(typeof jobs)['artwork.purge'], WorkerServices> = async (context, { database }) => {
  await context.step('delete', () => purgeRemoved(database, context.payload.artworkId), { rerun: true });
};
