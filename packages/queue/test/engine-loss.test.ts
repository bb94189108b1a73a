import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '@windlass/testkit/until';
import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { queues } from '../src/jobs/queues.ts';
import { defineTestJob, handle } from './define-test-job.ts';
import { describeOnEachEngine, type EngineKind } from './engines.ts';
import type { World } from './open-world.ts';
import { withWorld } from './with-world.ts';

/**
 * Everything the engine knows is gone. On Redis only of this test's database: a FLUSHALL would be felt by other tests.
 */
async function forget(world: World, kind: EngineKind): Promise<void> {
  if (kind === 'postgres') {
    await world.database.sql.rows('forget', 'truncate bullmq.job, bullmq.event, bullmq.meta, bullmq.dedup cascade');
    return;
  }
  const redis = new Redis(world.engineUrl);
  await redis.flushdb();
  redis.disconnect();
}

/** More than one worker runs at once. */
const COUNT = queues.default.concurrency + 40;

describeOnEachEngine((kind) => {
  test('an engine that forgets everything while jobs wait in it loses none of them, and doubles none', () =>
    withWorld(
      kind,
      async (world) => {
        const job = defineTestJob('waits');
        const runs = new Map<string, number>();
        await world.startWorker(
          [
            handle(job, async ({ id }) => {
              runs.set(id, (runs.get(id) ?? 0) + 1);
              await sleep(250);
            }),
          ],
          { reconciler: { everyMs: 200, unclaimedSeconds: 1 } },
        );
        const ids = await Promise.all(Array.from({ length: COUNT }, () => world.enqueue(job)));
        await until('the first twenty run', () => runs.size >= 20);
        const waiting = COUNT - runs.size;
        await forget(world, kind);
        expect(waiting).toBeGreaterThanOrEqual(10);
        await until(
          'all have run',
          async () => {
            const row = await world.database.sql.row<{ n: number }>(
              'done',
              `select count(*)::int as n from job where state = 'succeeded'`,
            );
            return row!.n === ids.length;
          },
          15_000,
        );
        expect([...runs.values()].every((times) => times === 1)).toBe(true);
      },
      { noisy: true }, // the engine says that it misses the jobs it was running
    ));
});
