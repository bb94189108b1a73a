import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { defineTestJob, handle } from './define-test-job.ts';
import { describeOnEachEngine } from './engines.ts';
import type { World } from './open-world.ts';
import { withWorld } from './with-world.ts';

describeOnEachEngine((kind) => {
  const counters = async (world: World, id: string) =>
    (await world.database.sql.row('counters', 'select state, failures, crashes from job where id = $1', [id]))!;

  test('a worker told to stop lets its jobs end, takes no new one, and is gone', () =>
    withWorld(kind, async (world) => {
      const job = defineTestJob('brief');
      const worker = await world.startWorker([handle(job, () => sleep(400))]);
      const running = await world.enqueue(job);
      await world.until(running, 'active');
      const closing = worker.close(600_000); // far more than a test may take: it does not wait for that to pass
      const late = await world.enqueue(job);
      await closing;
      expect(await world.state(running)).toBe('succeeded');
      await sleep(200);
      expect(await world.state(late)).toBe('queued');
      expect(worker.active()).toBe(0);
    }));

  test('what is not done when the grace is over goes back uncounted, and the next worker finishes it', () =>
    withWorld(kind, async (world) => {
      const job = defineTestJob('long');
      let runs = 0;
      const handler = handle(job, async (context) => {
        await context.step('first', async () => (runs += 1));
        await context.step('second', async () => {
          if (context.attempt > 1) return;
          await once(context.signal, 'abort');
          throw new Error('stopped');
        });
      });
      const worker = await world.startWorker([handler]);
      const id = await world.enqueue(job);
      await world.until(id, 'active');
      await sleep(100);
      await worker.close(200);
      expect(await counters(world, id)).toEqual({ state: 'retrying', failures: 0, crashes: 0 });
      const [attempt] = await world.database.sql.rows(
        'attempt',
        'select outcome, error_code as code from job_attempt where job_id = $1',
        [id],
      );
      expect(attempt).toEqual({ outcome: 'postponed', code: 'WORKER_STOPPED' });

      await world.startWorker([handler]);
      await world.until(id, 'succeeded');
      expect(runs).toBe(1); // the step that was done stays done
    }));
});
