import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '@windlass/testkit/until';
import { expect, test } from 'vitest';
import { queues } from '../src/jobs/queues.ts';
import { describeOnEachEngine } from './engines.ts';
import { withWorkers } from './with-workers.ts';

describeOnEachEngine((kind) => {
  test('kill -9 in a step: another worker ends the job, the step before is not repeated', () =>
    withWorkers(kind, async ({ world, fork, enqueue, effects }) => {
      const workers = await Promise.all([fork(), fork()]);
      const [id] = await enqueue(1, { ms: 1_000 });
      await until('the second step runs', async () => (await effects()).some(({ step }) => step === 'deliver'));
      const { pid } = (await effects()).at(-1)!;
      await workers.find((worker) => worker.pid === pid)!.kill();
      await until('it is done', async () => (await world.state(id!)) === 'succeeded');

      const did = await effects();
      expect(did.map(({ step, attempt, ended }) => ({ step, attempt, ended }))).toEqual([
        { step: 'prepare', attempt: 1, ended: true },
        { step: 'deliver', attempt: 1, ended: false },
        { step: 'deliver', attempt: 2, ended: true },
      ]);
      expect(did.at(-1)!.pid).not.toBe(pid);
      const [lost] = await world.database.sql.rows(
        'lost',
        'select attempt, outcome, error_code as code from job_attempt where job_id = $1',
        [id],
      );
      expect(lost).toEqual({ attempt: 1, outcome: 'lost', code: 'WORKER_LOST' });
    }));

  test('kills in a row: nothing lost, nothing run twice at one time, doubles at most kills x concurrency', () =>
    withWorkers(kind, async ({ world, fork, enqueue, effects, count }) => {
      const options = { leaseSeconds: 2, reconciler: { everyMs: 300 } };
      await fork(options); // one is never killed
      const kills = new Map<number, number>();
      const ids = await enqueue(80, { ms: 150 });
      for (let i = 0; i < 3; i += 1) {
        const victim = await fork(options);
        await sleep(200);
        await victim.kill();
        kills.set(victim.pid, await databaseNow());
      }
      await until('all have run', async () => (await count('succeeded')) === ids.length);

      const delivered = (await effects()).filter(({ step }) => step === 'deliver');
      expect(new Set(delivered.map(({ jobId }) => jobId)).size).toBe(ids.length);
      expect(delivered.length - ids.length).toBeLessThanOrEqual(kills.size * queues.messages.concurrency);
      const spans = await world.database.sql.rows<{ jobId: string; pid: number; begun: number; ended: number | null }>(
        'spans',
        `select job_id as "jobId", pid, extract(epoch from begun)::float8 as begun,
          extract(epoch from ended)::float8 as ended
         from effect where step = 'deliver' order by job_id, begun`,
      );
      for (const [i, span] of spans.entries()) {
        const before = spans[i - 1];
        if (before?.jobId !== span.jobId) continue;
        expect(span.begun, `${span.jobId} ran in two workers at once`).toBeGreaterThan(
          before.ended ?? kills.get(before.pid)!,
        );
      }

      async function databaseNow(): Promise<number> {
        return (await world.database.sql.row<{ now: number }>(
          'now',
          'select extract(epoch from clock_timestamp())::float8 as now',
        ))!.now;
      }
    }));
});
