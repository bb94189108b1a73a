import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cancelJob } from '../src/control/cancel-jobs.ts';
import type { JobEnd, JobLife, JobLives } from '../src/jobs/job-life.ts';
import { GiveUp, RetryLater } from '../src/jobs/errors.ts';
import { defineTestJob, handle } from './define-test-job.ts';
import { describeOnEachEngine } from './engines.ts';
import { openWorld, type World } from './open-world.ts';

const WHY = { code: 'REFUSED', message: 'refused', sentence: 'It was refused.', hint: 'Ask again.' };

/** Writes each end down where a rollback would take it away again, and whether the job's row said so at that moment. */
const settled: JobLife = {
  lockFirst: async (tx, ids) =>
    void (await tx.rows('lock-first', 'insert into told (job_id, what) select unnest($1::text[]), $2', [ids, 'lock'])),
  onSettled: async (tx, ends) => {
    for (const { id, state, failure } of ends) {
      await tx.rows(
        'settled',
        `insert into told (job_id, what) select $1, $2 || ' ' || $3 || case when state::text = $2 then '' else ' too early' end from job where id = $1`,
        [id, state, failure?.code ?? '-'],
      );
    }
  },
};
const done = defineTestJob('settled-done');
const refused = defineTestJob('settled-refused', { retryDelaysMs: [20] });
const endless = defineTestJob('settled-endless');
const LIVES: JobLives = Object.fromEntries([done, refused, endless].map(({ name }) => [name, settled]));

describeOnEachEngine((kind) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(kind);
    await world.database.sql.rows('told-table', 'create table told (n serial, job_id text, what text)');
    await world.startWorker(
      [
        handle(done, async () => {}, settled),
        handle(
          refused,
          async ({ tryNumber }) => {
            throw tryNumber === 1 ? new RetryLater(WHY) : new GiveUp(WHY);
          },
          settled,
        ),
        handle(
          endless,
          async ({ signal }) => {
            await once(signal, 'abort');
            throw new Error('stopped');
          },
          settled,
        ),
      ],
      { reconciler: { everyMs: 100 } },
    );
  });
  afterAll(() => world.close());

  const cancel = (id: string) => world.database.transaction((tx) => cancelJob(tx, id, { lives: LIVES }));
  const told = async (id: string) =>
    (
      await world.database.sql.rows<{ what: string }>('told', 'select what from told where job_id = $1 order by n', [
        id,
      ])
    ).map(({ what }) => what);
  /** As a worker leaves it that was killed: claimed, and its lease over. */
  const abandon = (id: string, crashes: number) =>
    world.database.sql.rows(
      'abandon',
      `update job set state = 'active', attempts = attempts + 1, crashes = $2, lease_token = 'gone',
        lease_until = now() - interval '1 second',
      started_at = now(), dispatched_at = now(), run_after = now() where id = $1`,
      [id, crashes],
    );
  const LATER = { runAfterSeconds: 60 };

  test('whoever owns a job hears once how it ended with its worker, in that transaction, after taking its locks: done, failed after its tries, cancelled', async () => {
    const [ended, failed, stopped] = [
      await world.enqueue(done),
      await world.enqueue(refused),
      await world.enqueue(endless),
    ];
    await world.until(ended, 'succeeded');
    await world.until(failed, 'failed');
    await world.until(stopped, 'active');
    expect(await cancel(stopped)).toBe('cancelling');
    await world.until(stopped, 'cancelled');
    expect(await told(ended)).toEqual(['lock', 'succeeded -']);
    expect(await told(failed)).toEqual(['lock', 'lock', 'failed REFUSED']); // a try that is not the last is no end
    expect((await told(stopped)).at(-1)).toBe('cancelled -');
  });

  test('and of one that was cancelled while it waited', async () => {
    const id = await world.enqueue(done, LATER);
    expect(await cancel(id)).toBe('cancelled');
    expect(await told(id)).toEqual(['lock', 'cancelled -']);
    expect(await cancel(id)).toBeUndefined();
    expect((await told(id)).filter((what) => what !== 'lock')).toEqual(['cancelled -']);
  });

  test('and of one whose worker vanished: with its fifth start, or after a cancel; one that starts again has not ended', async () => {
    const [poison, stopped, lucky] = [
      await world.enqueue(done, LATER),
      await world.enqueue(done, LATER),
      await world.enqueue(done, LATER),
    ];
    await world.database.sql.rows('ask', 'update job set cancel_requested_at = now() where id = $1', [stopped]);
    await Promise.all([abandon(poison, 4), abandon(stopped, 0), abandon(lucky, 0)]);
    await world.until(poison, 'failed');
    await world.until(stopped, 'cancelled');
    await world.until(lucky, 'succeeded');
    expect((await told(poison)).at(-1)).toBe('failed WORKER_LOST');
    expect((await told(stopped)).at(-1)).toBe('cancelled WORKER_LOST');
    expect((await told(lucky)).filter((what) => what !== 'lock')).toEqual(['succeeded -']);
  });

  test('where it throws, the job has not ended: both are written or neither', async () => {
    const id = await world.enqueue(done, LATER);
    const lives: JobLives = {
      [done.name]: {
        onSettled: async (_, ends: readonly JobEnd[]) => Promise.reject(new Error(`no ${ends[0]!.state}`)),
      },
    };
    await expect(world.database.transaction((tx) => cancelJob(tx, id, { lives }))).rejects.toThrow('no cancelled');
    expect(await world.state(id)).toBe('scheduled');
  });
});
