import { defineWorkerPlug } from '../../kit/worker-plug.ts';
import { jobs } from '../contract.ts';

export const workerPlug = defineWorkerPlug({
  jobs,
  handlers: { 'customers.erase': () => import('./erase.ts') },
});
