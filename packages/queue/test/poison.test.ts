import { until } from '@windlass/testkit/until';
import { expect, test } from 'vitest';
import { describeOnEachEngine } from './engines.ts';
import { withWorkers } from './with-workers.ts';

describeOnEachEngine((kind) => {
  test('a job that kills its worker every time fails after five starts; those that died beside it finish', () =>
    withWorkers(kind, async ({ world, fork, enqueue, count }) => {
      const options = { leaseSeconds: 0.8, reconciler: { everyMs: 150, spreadSeconds: 0.6 } };
      let stopped = false;
      // A supervisor: whoever dies is started again.
      const supervise = async () => {
        while (!stopped) {
          const worker = await fork(options);
          await until('it dies or is no longer needed', () => stopped || !worker.alive(), 60_000);
        }
      };
      const good = await enqueue(15, { ms: 50 });
      const [poison] = await enqueue(1, { kills: true });
      good.push(...(await enqueue(4, { ms: 50 })));
      const watch = async () => {
        try {
          await until('the poison is found out', async () => (await world.state(poison!)) === 'failed');
          await until('the others are done', async () => (await count('succeeded')) === good.length);
          expect(await count('failed')).toBe(1);
        } finally {
          stopped = true;
        }
      };
      await Promise.all([watch(), supervise()]);
      const [row] = await world.database.sql.rows(
        'row',
        'select attempts, crashes, error_code as code from job where id = $1',
        [poison],
      );
      expect(row).toEqual({ attempts: 5, crashes: 5, code: 'WORKER_LOST' });
    }));
});
