import { until } from '@windlass/testkit/until';
import { expect, test } from 'vitest';
import { describeOnEachEngine } from './engines.ts';
import { withWorkers } from './with-workers.ts';

describeOnEachEngine((kind) => {
  test('200 jobs over two worker processes run once each, and both processes take part', () =>
    withWorkers(kind, async ({ fork, enqueue, effects, count }) => {
      const [one, two] = await Promise.all([fork(), fork()]);
      const ids = await enqueue(200);
      await until('all have run', async () => (await count('succeeded')) === 200);
      const delivered = (await effects()).filter(({ step }) => step === 'deliver');
      expect(delivered.map(({ jobId }) => jobId).toSorted()).toEqual(ids.toSorted());
      expect(new Set(delivered.map(({ pid }) => pid))).toEqual(new Set([one.pid, two.pid]));
      expect([...one.errors, ...two.errors]).toEqual([]);
    }));
});
