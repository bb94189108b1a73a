import { until } from '@windlass/testkit/until';
import { expect, test } from 'vitest';
import { queueNames } from '../src/jobs/queues.ts';
import { withWorkers } from './with-workers.ts';

/** Its pool of 8, one for wakes, and the engine's 12: six that listen and six that work. */
const CONNECTIONS = 21;

test('a worker of all six queues on the PostgreSQL engine holds at most 21 connections', () =>
  withWorkers('postgres', async ({ world, fork, enqueue, count }) => {
    await fork({ serve: [...queueNames] });
    await enqueue(300, { ms: 5 });
    let most = 0;
    await until('all have run', async () => {
      const row = await world.database.sql.row<{ n: number }>(
        'connections',
        `select count(*)::int as n from pg_stat_activity
          where datname = current_database() and application_name not in ('queue test', '')`,
      );
      most = Math.max(most, row!.n);
      return (await count('succeeded')) === 300;
    });
    expect(most).toBeGreaterThan(10);
    expect(most).toBeLessThanOrEqual(CONNECTIONS);
  }));
