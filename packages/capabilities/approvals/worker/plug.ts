import { forOrder } from '../../kit/compose-message.ts';
import { defineWorkerPlug } from '../../kit/worker-plug.ts';
import { followMessages } from '../../orders/operations.ts';
import { jobs } from '../contract.ts';
import { jobLives } from '../stop-batches.ts';
import { composeBundleLinks } from './compose-bundle-links.ts';

export const workerPlug = defineWorkerPlug({
  jobs,
  jobLives,
  messageSettlers: { 'bundle-links': followMessages },
  handlers: { 'approvals.decide-batch': () => import('./decide-batch.ts') },
  composers: ({ database, settings }) => ({ 'bundle-links': forOrder(composeBundleLinks(database, settings)) }),
});
