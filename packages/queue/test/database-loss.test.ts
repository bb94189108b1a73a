import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { newId } from '@windlass/db/ids';
import { until } from '@windlass/testkit/until';
import { expect, test } from 'vitest';
import { enqueue } from '../src/jobs/enqueue.ts';
import { describeOnEachEngine } from './engines.ts';
import { processJob } from './process-job.ts';
import { withWorkers } from './with-workers.ts';

const CUT = `select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid()`;

describeOnEachEngine((kind) => {
  test('every connection to the database cut four times under load: no acknowledged job is lost, the worker lives', () =>
    withWorkers(kind, async ({ world, fork, effects, count }) => {
      const worker = await fork();
      const knife = new pg.Client({ connectionString: world.databaseUrl });
      await knife.connect();
      const acknowledged: string[] = [];
      let refused = 0;
      let over = false;
      const click = async () => {
        while (!over) {
          const id = newId('job');
          await world.database
            .transaction((tx) => enqueue(tx, { job: processJob, payload: { ms: 20 } }, { id, shopId: null }))
            .then(
              () => acknowledged.push(id),
              () => (refused += 1),
            );
          await sleep(5);
        }
      };
      const clicks = Promise.all([click(), click(), click()]);
      for (let i = 0; i < 4; i += 1) {
        await sleep(350);
        await knife.query(CUT);
      }
      // A slow machine has not said yes to much by now.
      await until('load enough', async () => acknowledged.length > 20);
      over = true;
      await clicks;
      await knife.end();

      await until('all have run', async () => (await count('succeeded')) >= acknowledged.length);
      const done = new Set(
        (await effects()).filter(({ step, ended }) => step === 'deliver' && ended).map(({ jobId }) => jobId),
      );
      expect(acknowledged.filter((id) => !done.has(id))).toEqual([]);
      expect(refused).toBeGreaterThan(0); // the knife was felt
      expect(worker.alive()).toBe(true);
      expect(await count('failed')).toBe(0);
    }));
});
