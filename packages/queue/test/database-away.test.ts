import { setTimeout as sleep } from 'node:timers/promises';
import { readTestDatabaseUrl } from '@windlass/db/testing/env';
import { until } from '@windlass/testkit/until';
import pg from 'pg';
import { expect, test } from 'vitest';
import { defineTestJob, handle } from './define-test-job.ts';
import { describeOnEachEngine } from './engines.ts';
import type { World } from './open-world.ts';
import { withWorld } from './with-world.ts';

/** The database of this world refuses everybody for a while, as one that restarts does. */
async function takeAway(world: World, ms: number): Promise<void> {
  const client = new pg.Client({ connectionString: readTestDatabaseUrl() });
  await client.connect();
  const name = new URL(world.databaseUrl).pathname.slice(1);
  try {
    await client.query(`alter database "${name}" allow_connections false`);
    await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
    await sleep(ms);
    await client.query(`alter database "${name}" allow_connections true`);
  } finally {
    await client.end();
  }
}

describeOnEachEngine((kind) => {
  test('a job with a single try that ends while the database is away has still succeeded, once', () =>
    withWorld(
      kind,
      async (world) => {
        const job = defineTestJob('single');
        const runs = { first: 0, second: 0 };
        let back: Promise<void> | undefined;
        await world.startWorker([
          handle(job, async (context) => {
            await context.step('first', async () => {
              runs.first += 1;
              back = takeAway(world, 1_000);
              await sleep(300); // and ends in the middle of it
            });
            await context.step('second', async () => void (runs.second += 1));
          }),
        ]);
        const id = await world.enqueue(job);
        await until('the database goes away', () => back !== undefined);
        await back;
        expect(await world.until(id, 'succeeded', 'failed')).toBe('succeeded');
        expect(runs).toEqual({ first: 1, second: 1 });
        const [row] = await world.database.sql.rows(
          'row',
          'select attempts, failures, crashes from job where id = $1',
          [id],
        );
        expect(row).toEqual({ attempts: 1, failures: 0, crashes: 0 });
        expect(world.errors.length).toBeGreaterThan(0); // it was away
      },
      { noisy: true },
    ));
});
