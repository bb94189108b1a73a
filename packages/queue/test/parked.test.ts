import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '@windlass/testkit/until';
import { expect, test } from 'vitest';
import { cancelJob } from '../src/control/cancel-jobs.ts';
import { resumeJob } from '../src/control/resume-jobs.ts';
import { Parked, RetryLater } from '../src/jobs/errors.ts';
import { queues } from '../src/jobs/queues.ts';
import { defineTestJob, handle, type TestContext } from './define-test-job.ts';
import { describeOnEachEngine } from './engines.ts';
import type { World } from './open-world.ts';
import { withWorld } from './with-world.ts';

const asking = defineTestJob('asking', { retryDelaysMs: [60_000] });
const images = defineTestJob('asking-images', { queue: 'images' });
const SENTENCE = 'The printer has yet to say a price.';
/** A reconciler and a poll that never come: what goes on does so because it was told to. */
const ALONE = { reconciler: { everyMs: 600_000 } };

const ROW = `select state, error_code as code, error_sentence as sentence, attempts, failures, lease_token as lease,
  dispatched_at as dispatched, extract(year from run_after)::int as year,
  (select count(*)::int from job_attempt a where a.job_id = j.id) as failed from job j where id = $1`;
const rowOf = (world: World, id: string) =>
  world.database.sql.row<{ state: string; attempts: number }>('row', ROW, [id]);
const resume = (world: World, id: string) => world.database.transaction((tx) => resumeJob(tx, id));
const untilParked = (world: World, id: string) => world.until(id, 'retrying');

describeOnEachEngine((kind) => {
  test('it waits at no cost until it is resumed, and finished steps stay finished', () =>
    withWorld(kind, async (world) => {
      const asked: string[] = [];
      let answer: string | undefined;
      const run = async ({ id, step }: TestContext) => {
        await step('first', async () => void asked.push(id));
        if (answer === undefined) throw new Parked({ sentence: SENTENCE });
      };
      await world.startWorker([handle(asking, run)], ALONE);
      const id = await world.enqueue(asking);
      await untilParked(world, id);
      await sleep(1_500); // a poll passes over it
      expect(await rowOf(world, id)).toEqual({
        state: 'retrying',
        code: 'PARKED',
        sentence: SENTENCE,
        attempts: 1,
        failures: 0,
        lease: null,
        dispatched: null,
        year: 9999,
        failed: 0,
      });
      // Resumed in vain, it parks once more.
      expect(await resume(world, id)).toBe(true);
      await until('its second start', async () => (await rowOf(world, id))!.attempts === 2);
      await untilParked(world, id);
      answer = '12 €';
      expect(await resume(world, id)).toBe(true);
      await world.until(id, 'succeeded');
      expect([asked, (await rowOf(world, id))!.attempts]).toEqual([[id], 3]);
      expect(await resume(world, id)).toBe(false);
    }));

  test('when its time is over it runs again by itself; a time that has passed does not make it run without rest', () =>
    withWorld(kind, async (world) => {
      const starts: number[] = [];
      const run = async ({ attempt }: TestContext) => {
        starts.push(performance.now());
        if (attempt === 1) throw new Parked({ sentence: SENTENCE, until: 1_500 });
        if (attempt === 2) throw new Parked({ sentence: SENTENCE, until: new Date(0) });
      };
      await world.startWorker([handle(asking, run)], ALONE);
      await world.until(await world.enqueue(asking), 'succeeded');
      expect(starts[1]! - starts[0]!).toBeGreaterThanOrEqual(1_400);
      expect(starts[2]! - starts[1]!).toBeGreaterThanOrEqual(900);
    }));

  test('an answer that comes before it parks is not lost, nor one whose transaction has yet to commit', () =>
    withWorld(kind, async (world) => {
      let answered = Promise.resolve();
      const run = async ({ id, attempt }: TestContext) => {
        if (attempt === 2) return;
        const { promise, resolve } = Promise.withResolvers<void>();
        answered = world.database.transaction(async (tx) => {
          expect(await resumeJob(tx, id)).toBe(true);
          resolve();
          await sleep(300); // the job parks in this time, by a look that did not see the answer
        });
        await promise;
        throw new Parked({ sentence: SENTENCE });
      };
      await world.startWorker([handle(asking, run)], ALONE);
      const id = await world.enqueue(asking);
      await world.until(id, 'succeeded');
      await answered;
      expect((await rowOf(world, id))!.attempts).toBe(2);
    }));

  test('those that are parked take no room from others of their queue', () =>
    withWorld(kind, async (world) => {
      const run = async ({ payload }: TestContext) => {
        if (payload.n === 0) throw new Parked({ sentence: SENTENCE });
      };
      await world.startWorker([handle(images, run)], { ...ALONE, serve: ['images'] });
      const many = Array.from({ length: queues.images.window + 2 }, () => world.enqueue(images, { n: 0 }));
      for (const id of await Promise.all(many)) await untilParked(world, id);
      await world.until(await world.enqueue(images, { n: 1 }), 'succeeded');
    }));

  test('one that is parked can be cancelled, and one that waits for something else goes on waiting for that', () =>
    withWorld(kind, async (world) => {
      const run = async ({ payload }: TestContext) => {
        if (payload.n === 0) throw new Parked({ sentence: SENTENCE });
        throw new RetryLater({ code: 'LATER', message: 'later', sentence: 'Later.', hint: 'Wait.' });
      };
      await world.startWorker([handle(asking, run)], ALONE);
      const [parked, failing] = [await world.enqueue(asking, { n: 0 }), await world.enqueue(asking, { n: 1 })];
      const after = await world.enqueue(asking, { after: [parked] });
      for (const id of [parked, failing]) await untilParked(world, id);
      expect([await resume(world, failing), await resume(world, after)]).toEqual([true, true]);
      await sleep(1_500);
      expect([(await rowOf(world, failing))!.attempts, await world.state(after)]).toEqual([1, 'scheduled']);
      expect(await world.database.transaction((tx) => cancelJob(tx, parked, { lives: {} }))).toBe('cancelled');
      expect([await resume(world, parked), await world.state(after)]).toEqual([false, 'failed']);
    }));
});
