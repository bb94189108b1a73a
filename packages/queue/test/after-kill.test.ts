import { until } from '@windlass/testkit/until';
import { expect, test } from 'vitest';
import { enqueue } from '../src/jobs/enqueue.ts';
import { describeOnEachEngine } from './engines.ts';
import { processJob } from './process-job.ts';
import { withWorkers } from './with-workers.ts';

const QUICK = { leaseSeconds: 1, reconciler: { everyMs: 200, spreadSeconds: 0.05 } };

describeOnEachEngine((kind) => {
  test('kill -9 of the worker: what follows waits until another has ended it', () =>
    withWorkers(kind, async ({ world, fork, enqueue: make, effects }) => {
      const workers = [await fork(QUICK), await fork(QUICK)];
      const [a] = await make(1, { ms: 1_000 });
      const options = { shopId: null, after: [a!] };
      const id = (await world.database.transaction((tx) => enqueue(tx, { job: processJob, payload: {} }, options)))!;
      await until('the first is under way', async () => (await effects()).some(({ step }) => step === 'deliver'));
      const { pid } = (await effects()).at(-1)!;
      await workers.find((worker) => worker.pid === pid)!.kill();
      await world.until(id, 'succeeded');
      const order = (await effects()).filter(({ step, ended }) => step === 'deliver' && ended);
      expect(order.map(({ jobId }) => jobId)).toEqual([a, id]);
    }));
});
