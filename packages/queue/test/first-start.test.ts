import { until } from '@windlass/testkit/until';
import { expect, test } from 'vitest';
import { withWorkers } from './with-workers.ts';

test('four workers started at once on a database the engine has never seen all serve', () =>
  withWorkers('postgres', async ({ fork, enqueue, count }) => {
    const workers = await Promise.all([fork(), fork(), fork(), fork()]);
    await enqueue(20);
    await until('all have run', async () => (await count('succeeded')) === 20);
    expect(workers.flatMap(({ errors }) => errors)).toEqual([]);
  }));
