import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '@windlass/testkit/until';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineJob, type JobDefinition } from '../src/jobs/define-job.ts';
import type { JobState } from '../src/jobs/job-state.ts';
import { enqueueDue } from '../src/upkeep/enqueue-due.ts';
import { pruneRecords } from '../src/upkeep/prune-records.ts';
import { defineTestJob, handle } from './define-test-job.ts';
import { describeOnEachEngine } from './engines.ts';
import type { World } from './open-world.ts';
import { withWorld } from './with-world.ts';

const HOUR = 3_600;
const hourly = defineTestJob('hourly', { every: { seconds: HOUR } });
const brisk = defineTestJob('brisk', { every: { seconds: 2 } });
const spread = defineTestJob('spread', { every: { seconds: HOUR, jitterSeconds: 100 } });
const periodic = (job: typeof hourly): JobDefinition[] => [job as unknown as JobDefinition];
const OFTEN = { reconciler: { everyMs: 50 } };

type Kept = { id: string; period: number; state: JobState; shopId: string | null; waitSeconds: number };
const KEPT = `select id, split_part(dedupe_key, ':', 2)::float8 as period, state, shop_id as "shopId",
  extract(epoch from run_after - created_at)::float8 as "waitSeconds" from job where name = $1 order by created_at, id`;
const kept = (world: World, { name }: { name: string }) => world.database.sql.rows<Kept>('kept', KEPT, [name]);
/** As if it had been made so many periods ago. */
const age = (world: World, id: string, periods: number) =>
  world.database.sql.rows(
    'age',
    `update job set dedupe_key = name || ':' || (split_part(dedupe_key, ':', 2)::bigint - $2),
      finished_at = finished_at - make_interval(secs => $2 * ${HOUR}) where id = $1`,
    [id, periods],
  );
/** The hour may turn in the midst of a test, and then there is one more, rightly. */
const awayFromTheTurn = async (world: World) => {
  const LEFT = `select ${HOUR} - extract(epoch from now())::int % ${HOUR} as left`;
  const { left } = (await world.database.sql.row<{ left: number }>('left', LEFT))!;
  if (left < 60) await sleep(left * 1000);
};

describeOnEachEngine((kind) => {
  test('three workers run it once in each period, and it is no shop’s', () =>
    withWorld(kind, async (world) => {
      const runs: string[] = [];
      const job = handle(brisk, async ({ id }) => void runs.push(id));
      await Promise.all([1, 2, 3].map(() => world.startWorker([job], OFTEN)));
      await until('three periods', () => new Set(runs).size >= 3);
      const jobs = await kept(world, brisk);
      expect(new Set(runs).size).toBe(runs.length);
      expect(new Set(jobs.map(({ period }) => period)).size).toBe(jobs.length);
      expect(jobs.every(({ shopId }) => shopId === null)).toBe(true);
    }));

  test('after all workers were away for several periods it runs once, not once for each', () =>
    withWorld(kind, async (world) => {
      await awayFromTheTurn(world);
      const runs: string[] = [];
      const job = handle(hourly, async ({ id }) => void runs.push(id));
      const first = await world.startWorker([job], OFTEN);
      await until('its first run', () => runs.length === 1);
      await world.until(runs[0]!, 'succeeded');
      await first.close();
      await age(world, runs[0]!, 5);
      await Promise.all([1, 2, 3].map(() => world.startWorker([job], OFTEN)));
      await until('its next run', () => runs.length > 1);
      await sleep(1_000); // some twenty looks of each
      const [was, now, ...others] = await kept(world, hourly);
      expect([now!.period - was!.period, others.length, runs.length]).toEqual([5, 0, 2]);
    }));

  test('one that is still under way when the period turns has no second beside it', () =>
    withWorld(kind, async (world) => {
      await awayFromTheTurn(world);
      let end!: () => void;
      const ended = new Promise<void>((resolve) => (end = resolve));
      await world.startWorker([handle(hourly, () => ended)], OFTEN);
      const [{ id }] = (await until('its row', async () => {
        const jobs = await kept(world, hourly);
        return jobs.length > 0 && jobs;
      })) as [Kept];
      await world.until(id, 'active');
      await age(world, id, 1);
      await sleep(500);
      expect(await kept(world, hourly)).toHaveLength(1);
      end();
      await until('the next', async () => (await kept(world, hourly)).length === 2);
    }));
});

test('however many ask in the same moment, there is one, within its jitter', () =>
  withWorld('postgres', async (world) => {
    await awayFromTheTurn(world);
    await Promise.all(Array.from({ length: 12 }, () => enqueueDue(world.database.sql, periodic(spread))));
    const [job, ...others] = await kept(world, spread);
    expect(others).toEqual([]);
    expect(job!.waitSeconds).toBeGreaterThanOrEqual(0);
    expect(job!.waitSeconds).toBeLessThanOrEqual(100);
  }));

test('what comes by the clock is told nothing', () => {
  const payload = z.object({ shopId: z.string() });
  expect(() => defineJob({ ...hourly, payload })).toThrow(/empty payload/);
});

test('one that ended a day ago is not kept, failed ones as long as others of their queue', () =>
  withWorld('postgres', async (world) => {
    await awayFromTheTurn(world);
    const { sql } = world.database;
    const ended = async (state: JobState, hours: number) => {
      await enqueueDue(sql, periodic(hourly));
      const { id } = (await kept(world, hourly)).find((job) => job.state === 'queued')!;
      await sql.rows('end', `update job set state = $2::job_state, finished_at = now() where id = $1`, [id, state]);
      await age(world, id, hours);
      return id;
    };
    await ended('succeeded', 25);
    const left = [await ended('succeeded', 23), await ended('failed', 26)];
    await ended('failed', 31 * 24);
    await pruneRecords(sql, periodic(hourly));
    expect((await kept(world, hourly)).map(({ id }) => id).toSorted()).toEqual(left.toSorted());
  }));
