import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cancelJob } from '../src/control/cancel-jobs.ts';
import { retryJob } from '../src/control/retry-job.ts';
import { defineTestJob, handle } from './define-test-job.ts';
import { describeOnEachEngine } from './engines.ts';
import { openWorld, type World } from './open-world.ts';

const obedient = defineTestJob('obedient');
const deaf = defineTestJob('deaf');
const stumbling = defineTestJob('stumbling', { retryDelaysMs: [50, 50, 50] });
const waiting = defineTestJob('waiting');

describeOnEachEngine((kind) => {
  let world: World;
  const started = new Map<string, number>();
  const heard = new Map<string, number>();
  const start = (id: string) => started.set(id, (started.get(id) ?? 0) + 1);

  beforeAll(async () => {
    world = await openWorld(kind);
    await world.startWorker([
      handle(obedient, async ({ id, signal }) => {
        start(id);
        await once(signal, 'abort');
        heard.set(id, Date.now());
        throw new Error(`stopped: ${signal.reason}`);
      }),
      handle(deaf, async ({ id }) => {
        start(id);
        await sleep(400);
      }),
      handle(stumbling, async ({ id }) => {
        start(id);
        await cancel(id); // the click comes while the attempt is failing
        throw new Error('failed before the signal was heard');
      }),
      handle(waiting, async ({ id }) => void start(id)),
    ]);
  });
  afterAll(async () => {
    await world.close();
    expect(world.errors.map(({ stack }) => stack)).toEqual([]);
  });
  const cancel = (id: string) => world.database.transaction((tx) => cancelJob(tx, id));

  test('a job that waits is cancelled at once and never starts, and a person may run it after all', async () => {
    const id = await world.enqueue(waiting, { runAfterSeconds: 0.3 });
    expect(await cancel(id)).toBe('cancelled');
    expect(await cancel(id)).toBeUndefined(); // it has ended
    await sleep(700);
    expect(await world.state(id)).toBe('cancelled');
    expect(started.has(id)).toBe(false);
    expect(await world.database.transaction((tx) => retryJob(tx, id))).toBe(true);
    await world.until(id, 'succeeded');
  });

  test(
    'a job that runs hears of it through its signal within a second, and is cancelled when it stops',
    { retry: 2 },
    async () => {
      const id = await world.enqueue(obedient);
      await world.until(id, 'active');
      const clicked = Date.now();
      expect(await cancel(id)).toBe('cancelling');
      await world.until(id, 'cancelled');
      expect(heard.get(id)! - clicked).toBeLessThan(1000); // by the wake; by the renewal of leases it would be up to 1.7 s
      const [attempt] = await world.database.sql.rows('attempt', 'select outcome from job_attempt where job_id = $1', [
        id,
      ]);
      expect(attempt).toEqual({ outcome: 'cancelled' });
    },
  );

  test('a cancelled job that did its work all the same has succeeded: the screen does not lie', async () => {
    const id = await world.enqueue(deaf);
    await world.until(id, 'active');
    await cancel(id);
    expect(await world.until(id, 'succeeded', 'cancelled')).toBe('succeeded');
  });

  test('a job cancelled while its attempt fails is not tried again', async () => {
    const id = await world.enqueue(stumbling);
    expect(await world.until(id, 'cancelled', 'failed', 'succeeded')).toBe('cancelled');
    await sleep(200);
    expect(started.get(id)).toBe(1);
    expect(await world.state(id)).toBe('cancelled');
  });
});
