import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '@windlass/testkit/until';
import { expect, test } from 'vitest';
import { defineTestJob, handle } from './define-test-job.ts';
import { describeOnEachEngine } from './engines.ts';
import type { World } from './open-world.ts';
import { withWorld } from './with-world.ts';

type Told = { value: number; note: string | null };

describeOnEachEngine((kind) => {
  const told = (world: World, id: string) =>
    world.database.sql.rows<Told>(
      'told-progress',
      `select (data ->> 'value')::float8 as value, data ->> 'note' as note from event
        where subject = $1 and type = 'job.progress' order by seq`,
      [id],
    );
  const now = async (world: World, id: string) =>
    (await world.database.sql.row<{ step: string; progress: number | null; note: string | null }>(
      'progress-now',
      'select step, progress, progress_note as note from job where id = $1',
      [id],
    ))!;

  test('a hundred reports become a few events, and the bar never goes back', () =>
    withWorld(kind, async (world) => {
      const job = defineTestJob('busy');
      await world.startWorker([
        handle(job, (context) =>
          context.step('first', async () => {
            for (let i = 0; i < 100; i += 1) {
              context.progress(i % 10 === 9 ? 0.01 : i / 100, `${i} of 100`); // a careless handler that now and then reports less
              await sleep(7);
            }
          }),
        ),
      ]);
      const begun = performance.now();
      const id = await world.enqueue(job);
      await world.until(id, 'succeeded');
      const mostEvents = 2 + 4 * ((performance.now() - begun) / 1000); // four a second, of 0.7 s on a machine that does nothing else
      const values = (await told(world, id)).map(({ value }) => value);
      expect(values.length).toBeGreaterThanOrEqual(2);
      expect(values.length).toBeLessThanOrEqual(mostEvents);
      expect(values).toEqual(values.toSorted((a, b) => a - b));
      expect((await now(world, id)).progress).toBe(1);
    }));

  test('the next step begins at 0, and a late word of the step before does not move it', () =>
    withWorld(kind, async (world) => {
      const job = defineTestJob('two-steps');
      const seen: Awaited<ReturnType<typeof now>>[] = [];
      await world.startWorker([
        handle(job, async (context) => {
          await context.step('first', async () => {
            context.progress(0.5, 'half of the first');
            await until('it is written', async () => (await now(world, context.id)).progress === 0.5);
            seen.push(await now(world, context.id));
            context.progress(1, 'all of the first'); // still waiting to be written when the step ends
          });
          await context.step('second', async () => {
            await sleep(400);
            seen.push(await now(world, context.id));
            context.progress(7, 'a value beyond the end');
            await until('it is written', async () => (await now(world, context.id)).progress === 1);
            seen.push(await now(world, context.id));
          });
        }),
      ]);
      await world.until(await world.enqueue(job), 'succeeded');
      expect(seen).toEqual([
        { step: 'first', progress: 0.5, note: 'half of the first' },
        { step: 'second', progress: null, note: null },
        { step: 'second', progress: 1, note: 'a value beyond the end' },
      ]);
    }));
});
