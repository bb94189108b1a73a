import { until } from '@windlass/testkit/until';
import { expect, test } from 'vitest';
import { defineTestJob, handle } from './define-test-job.ts';
import { describeOnEachEngine } from './engines.ts';
import { withWorld } from './with-world.ts';

describeOnEachEngine((kind) => {
  test('delayed jobs start when they are due, by the clock: no poll finds them', () =>
    withWorld(kind, async (world) => {
      const job = defineTestJob('later');
      const started = new Map<string, number>();
      await world.startWorker([handle(job, async ({ id }) => void started.set(id, Date.now()))], { pollMs: 600_000 });
      const delays = [0.15, 0.4, 0.7, 1.2, 5];
      const ids = await Promise.all(delays.map((runAfterSeconds) => world.enqueue(job, { runAfterSeconds })));
      expect(await world.state(ids.at(-1)!)).toBe('scheduled');
      await until('all have run', () => started.size === delays.length);

      const due = await world.database.sql.rows<{ id: string; at: number }>(
        'due',
        `select id, extract(epoch from run_after)::float8 * 1000 as at from job`,
      );
      const late = due.map(({ id, at }) => started.get(id)! - at);
      expect(Math.min(...late)).toBeGreaterThan(-2); // the two clocks are one, read to the ms
    }));
});
