import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '@windlass/testkit/until';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dispatchJobs } from '../src/dispatch/dispatch-jobs.ts';
import { type QueueName, queues } from '../src/jobs/queues.ts';
import { findUnclaimed } from '../src/upkeep/reconcile-jobs.ts';
import { defineTestJob, handle } from './define-test-job.ts';
import { describeOnEachEngine } from './engines.ts';
import { openWorld, type World } from './open-world.ts';
import { withWorld } from './with-world.ts';

/** `count` waiting jobs of one group, in one statement. */
const fill = (world: World, job: { name: string; queue: string }, { group, count }: { group: string; count: number }) =>
  world.database.sql.rows(
    'fill',
    `insert into job (id, name, queue, payload, group_key, run_after)
     select 'job_' || $3 || lpad(n::text, 4, '0'), $1, $2, '{}', $3, now() - interval '1 minute' + n * interval '1 ms'
     from generate_series(1, $4::int) n`,
    [job.name, job.queue, group, count],
  );

/** Longer than any test: what runs was not found by looking. */
const NO_POLL_MS = 600_000;

describe('the dispatcher', () => {
  const job = defineTestJob('turns', { queue: 'images' });
  const { window, perGroup } = queues.images;
  let world: World;
  beforeEach(async () => {
    world = await openWorld('postgres');
  });
  afterEach(() => world.close());

  test('groups take turns: one job of each before the second of any', async () => {
    await fill(world, job, { group: 'a', count: 500 });
    await fill(world, job, { group: 'b', count: 2 });
    await fill(world, job, { group: 'c', count: 1 });
    const dispatched = (await dispatchJobs(world.database.sql, 'images')).dispatches.map(({ id }) => id);
    expect(dispatched.slice(0, 3).toSorted()).toEqual(['job_a0001', 'job_b0001', 'job_c0001']);
    expect(dispatched.slice(3, 5).toSorted()).toEqual(['job_a0002', 'job_b0002']);
    expect(dispatched.slice(5)).toEqual(
      Array.from({ length: perGroup - 2 }, (_, i) => `job_a${String(i + 3).padStart(4, '0')}`),
    );
  });

  test('a group fills no more than its share of the window, and all together no more than the window, in equal parts', async () => {
    for (const group of ['a', 'b', 'c']) await fill(world, job, { group, count: 100 });
    const { dispatches } = await dispatchJobs(world.database.sql, 'images');
    expect(dispatches).toHaveLength(window);
    expect(['a', 'b', 'c'].map((group) => dispatches.filter(({ id }) => id.startsWith(`job_${group}`)).length)).toEqual(
      [2, 1, 0].map((more) => Math.floor((window + more) / 3)),
    );
    expect(await dispatchJobs(world.database.sql, 'images')).toEqual({ dispatches: [], waiting: true, nextInMs: null });
  });

  test('a job that ends makes room for exactly one', async () => {
    await fill(world, job, { group: 'a', count: 100 });
    const {
      dispatches: [ended],
    } = await dispatchJobs(world.database.sql, 'images');
    await world.database.sql.rows('end-one', `update job set state = 'succeeded' where id = $1`, [ended!.id]);
    expect((await dispatchJobs(world.database.sql, 'images')).dispatches).toHaveLength(1);
  });

  test('a dispatch that was lost is found again by those who can dispatch in its queue, and by them alone', async () => {
    await fill(world, job, { group: 'a', count: 3 });
    await dispatchJobs(world.database.sql, 'images');
    await world.database.sql.rows('long-ago', `update job set dispatched_at = now() - interval '6 seconds'`);
    const lost = (queues: QueueName[]) => findUnclaimed(world.database.sql, { seconds: 5, queues });
    expect(await lost(['mail', 'renders'])).toEqual([]);
    expect((await lost(['mail', 'images'])).map(({ id, queue }) => [id, queue]).toSorted()).toEqual([
      ['job_a0001', 'images'],
      ['job_a0002', 'images'],
      ['job_a0003', 'images'],
    ]);
    expect(await lost(['images'])).toEqual([]); // just dispatched again
  });

  test('a dispatcher does not wait for another that is at it, and takes nothing of what that one took', async () => {
    await fill(world, job, { group: 'a', count: 100 });
    await world.database.transaction(async (tx) => {
      expect((await dispatchJobs(tx, 'images')).dispatches).toHaveLength(perGroup);
      expect((await dispatchJobs(world.database.sql, 'images')).dispatches).toEqual([]); // waiting, it would time out
    });
  });

  test('eight dispatchers at once dispatch each job once and keep to the window', async () => {
    await fill(world, job, { group: 'a', count: 100 });
    await fill(world, job, { group: 'b', count: 100 });
    const all = await Promise.all(Array.from({ length: 8 }, () => dispatchJobs(world.database.sql, 'images')));
    const dispatched = all.flatMap(({ dispatches }) => dispatches);
    expect(new Set(dispatched.map(({ id }) => id)).size).toBe(dispatched.length);
    expect(dispatched.length).toBe(window);
  });
});

describeOnEachEngine((kind) => {
  test('500 waiting jobs of one shop do not hold back the one job of another, and all of them run without waiting for a poll', () =>
    withWorld(kind, async (world) => {
      const starts: string[] = [];
      const job = defineTestJob('many', { queue: 'images' });
      const worker = handle(job, async ({ id }) => {
        starts.push(id);
        await sleep(1);
      });
      await fill(world, job, { group: 'busy', count: 500 });
      await world.startWorker([worker], { serve: ['images'], pollMs: NO_POLL_MS });
      await until('the busy shop runs', () => starts.length >= 50);

      const before = starts.length;
      const quiet = await world.enqueue(job, { group: 'quiet' });
      await world.until(quiet, 'succeeded');
      // What was in the engine already goes first: at most the busy group's share, and what ran while the click was
      // committed.
      expect(starts.indexOf(quiet) - before).toBeLessThan(100);

      await until('all have run', () => starts.length === 501);
      expect(new Set(starts).size).toBe(501);
    }));
});
