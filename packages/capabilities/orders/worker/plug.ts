import { defineWorkerPlug } from '../../kit/worker-plug.ts';
import { jobs } from '../contract.ts';
import { pruneIntake } from './prune-intake.ts';

export const workerPlug = defineWorkerPlug({
  jobs,
  handlers: { 'orders.import-file': () => import('./import-file.ts') },
  prune: pruneIntake,
});
