import { afterAll, beforeAll, expect, test } from 'vitest';
import { GiveUp, RetryLater } from '../src/jobs/errors.ts';
import { retryJob } from '../src/control/retry-job.ts';
import { defineTestJob, handle, type TestContext, type TestJob } from './define-test-job.ts';
import { describeOnEachEngine } from './engines.ts';
import { openWorld, type World } from './open-world.ts';

type Attempt = {
  attempt: number;
  outcome: string;
  code: string;
  message: string;
  sentence: string;
  hint: string;
  ms: number;
};
const why = (code: string) => ({
  code,
  message: `${code} in the log`,
  sentence: `${code} in words`,
  hint: `${code} is mended so`,
});

const failing = defineTestJob('failing', { retryDelaysMs: [200, 500, 1000] });
const once = defineTestJob('once', { retryDelaysMs: [100] });
const slow = defineTestJob('slow', { retryDelaysMs: [50], timeoutMs: 150 });
const patient = defineTestJob('patient', { retryDelaysMs: [600_000] });

describeOnEachEngine((kind) => {
  let world: World;
  const runs = new Map<string, { at: number; tryNumber: number; attempt: number }[]>();
  /** What the next run of a job does, by its number. */
  const plan = new Map<string, (context: TestContext, run: number) => Promise<void>>();
  const runPlan = (job: TestJob) =>
    handle(job, async (context) => {
      const list = runs.get(context.id) ?? [];
      runs.set(context.id, list);
      list.push({ at: Date.now(), tryNumber: context.tryNumber, attempt: context.attempt });
      await plan.get(context.id)!(context, list.length);
    });
  const start = async (job: TestJob, work: (context: TestContext, run: number) => Promise<void>) => {
    const id = `job_${job.title}_${plan.size}`;
    plan.set(id, work);
    return world.enqueue(job, { id });
  };
  const retry = (id: string) => world.database.transaction((tx) => retryJob(tx, id));
  const attempts = (id: string) =>
    world.database.sql.rows<Attempt>(
      'attempts',
      `select attempt, outcome, error_code as code, error_message as message, error_sentence as sentence,
        error_hint as hint,
         extract(epoch from ended_at - started_at)::float8 * 1000 as ms
       from job_attempt where job_id = $1 order by attempt`,
      [id],
    );

  beforeAll(async () => {
    world = await openWorld(kind);
    await world.startWorker([failing, once, slow, patient].map(runPlan));
  });
  afterAll(async () => {
    await world.close();
    expect(world.errors.map(({ stack }) => stack)).toEqual([]);
  });

  test('tries follow the delays of the definition, then the job fails; each try keeps its own error', async () => {
    const id = await start(failing, async (_, run) => {
      throw new RetryLater(why(`E${run}`));
    });
    await world.until(id, 'failed');
    const times = runs.get(id)!.map(({ at }) => at);
    expect(times).toHaveLength(4);
    for (const [i, delay] of failing.retryDelaysMs.entries()) {
      const waited = times[i + 1]! - times[i]!;
      expect(waited).toBeGreaterThanOrEqual(delay - 2);
    }
    const kept = await attempts(id);
    expect(kept.map(({ attempt, outcome, code }) => [attempt, outcome, code])).toEqual([
      [1, 'retried', 'E1'],
      [2, 'retried', 'E2'],
      [3, 'retried', 'E3'],
      [4, 'failed', 'E4'],
    ]);
    expect(kept[0]).toMatchObject(why('E1'));
  });

  test('a handler that gives up fails at once, with tries left', async () => {
    const id = await start(failing, async () => {
      throw new GiveUp(why('REFUSED'));
    });
    await world.until(id, 'failed');
    expect(runs.get(id)).toHaveLength(1);
    expect(await attempts(id)).toMatchObject([{ outcome: 'failed', ...why('REFUSED') }]);
  });

  test("a retry that is not the job's fault spends no try", async () => {
    const id = await start(once, async (_, run) => {
      if (run <= 4) throw new RetryLater(why('LIMIT_REACHED'), { uncounted: true, afterMs: 20 });
    });
    await world.until(id, 'succeeded');
    expect(runs.get(id)!.map(({ tryNumber }) => tryNumber)).toEqual([1, 1, 1, 1, 1]);
    expect((await attempts(id)).map(({ outcome }) => outcome)).toEqual([
      'postponed',
      'postponed',
      'postponed',
      'postponed',
    ]);
  });

  test("the other side's own waiting time overrides the definition's", async () => {
    const id = await start(patient, async (_, run) => {
      if (run === 1) throw new RetryLater(why('TOO_MANY'), { afterMs: 100 });
    });
    await world.until(id, 'succeeded');
    expect(runs.get(id)).toHaveLength(2);
  });

  test('an error nobody foresaw is retried, and its message is kept for the log', async () => {
    const id = await start(once, async (_, run) => {
      if (run === 1) throw new TypeError('undefined is not an order');
    });
    await world.until(id, 'succeeded');
    expect(await attempts(id)).toMatchObject([
      { outcome: 'retried', code: 'UNEXPECTED', message: 'TypeError: undefined is not an order' },
    ]);
  });

  test('an attempt that takes too long is told to stop, and is retried', async () => {
    const id = await start(slow, async ({ signal }, run) => {
      if (run > 1) return;
      await new Promise((_, reject) =>
        signal.addEventListener('abort', () => reject(new Error(String(signal.reason)))),
      );
    });
    await world.until(id, 'succeeded');
    const [kept] = await attempts(id);
    expect(kept).toMatchObject({ outcome: 'retried', code: 'TIMEOUT' });
    expect(kept!.ms).toBeGreaterThanOrEqual(145);
  });

  test('a retry by hand starts a new round with all its tries, under attempts that are counted on', async () => {
    const id = await start(once, async (_, run) => {
      if (run <= 3) throw new RetryLater(why('DOWN'));
    });
    await world.until(id, 'failed');
    expect(await retry(id)).toBe(true);
    expect(await retry(id)).toBe(false); // a second click finds nothing to retry
    await world.until(id, 'succeeded');
    expect(runs.get(id)!.map(({ tryNumber, attempt }) => [tryNumber, attempt])).toEqual([
      [1, 1],
      [2, 2],
      [1, 3],
      [2, 4],
    ]);
    expect((await attempts(id)).map(({ outcome }) => outcome)).toEqual(['retried', 'failed', 'retried']);
    expect(await retry(id)).toBe(false); // what succeeded is not run again
  });
});
