import type { JobHandler } from '@windlass/queue/jobs/job-context';
import type { WorkerServices } from '../../kit/worker-services.ts';
import type { jobs } from '../contract.ts';
import { decideChunk } from './decide-chunk.ts';

type DecideBatch = (typeof jobs)['approvals.decide-batch'];

/**
 * Decides the orders of a batch, chunk by chunk. Each chunk commits with what it decided: a killed worker leaves no
 * half.
 */
export const run: JobHandler<DecideBatch, WorkerServices> = async (context, { database }) => {
  await context.step('decide', async () => {
    for (;;) {
      context.signal.throwIfAborted();
      const { over, decided, total } = await database.transaction((tx) => decideChunk(tx, context.payload.batchId));
      if (over) return;
      context.progress(decided / total, `${decided.toLocaleString('en')} of ${total.toLocaleString('en')}`);
    }
  });
};
