import { openDatabase } from '@windlass/db/open-database';
import { createTestDatabase } from '@windlass/db/testing';
import { listenForWakes, type WakeListener } from '@windlass/db/wake';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type Admission, type Breaker, BREAKER_OPEN, createBreaker } from '../src/breakers/breaker.ts';
import { RetryLater } from '../src/jobs/errors.ts';

const AWAY = { code: 'REFUSED', sentence: 'It refused the connection.' };
const WAIT_MS = 800;

/** Two workers' breakers for one dependency, on a database of their own. */
type Breakers = {
  one: Breaker;
  two: Breaker;
  row: () => Promise<{ open: boolean; probes: number }>;
  /** That of a worker started now. */
  another: (key: string) => Breaker;
  /** Makes mail jobs that wait an hour for these reasons; answers which of all such wait and which are due. */
  held: (...codes: string[]) => Promise<{ due: string[]; waiting: string[] }>;
};
const HOLD = `insert into job (id, name, queue, payload, state, max_attempts, group_key, run_after, error_code)
  select 'job_' || code, 'tests.held', 'mail', '{}', 'retrying', 1, '', now() + interval '1 hour', code
    from unnest($1::text[]) code`;
const HELD = `select array(select error_code from job where run_after <= now() order by 1) as due,
  array(select error_code from job where run_after > now() order by 1) as waiting`;

async function withBreakers(work: (breakers: Breakers) => Promise<void>) {
  const testDatabase = await createTestDatabase();
  const errors: Error[] = [];
  const report = (error: Error) => void errors.push(error);
  const database = openDatabase({ url: testDatabase.url, poolSize: 4, applicationName: 'breaker test', report });
  const wakes = [listenForWakes(testDatabase.url, report), listenForWakes(testDatabase.url, report)];
  const open = (key: string, w: WakeListener) =>
    createBreaker({
      sql: database.sql,
      wakes: w,
      report,
      key,
      title: 'The mail server',
      queue: 'mail',
      waitMs: WAIT_MS,
      mostWaitMs: 2_000,
    });
  const [one, two] = wakes.map((w) => open('smtp:there:25', w));
  const more: Breaker[] = [];
  const row = async () =>
    (await database.sql.row<{ open: boolean; probes: number }>('row', 'select open, probes from breaker'))!;
  try {
    await Promise.all([one!.admit(), two!.admit()]); // both have looked at what was there before them
    await work({
      one: one!,
      two: two!,
      row,
      another(key) {
        more.push(open(key, wakes[0]!));
        return more.at(-1)!;
      },
      async held(...codes) {
        await database.sql.rows('hold', HOLD, [codes]);
        return (await database.sql.row('held', HELD))!;
      },
    });
    expect(errors).toEqual([]);
  } finally {
    one!.close();
    two!.close();
    for (const breaker of more) breaker.close();
    for (const w of wakes) await w.close();
    await database.close();
    await testDatabase.drop();
  }
}

/** How long it says to wait, or undefined: it lets through. */
const refusal = async (breaker: Breaker): Promise<RetryLater | undefined> =>
  breaker.admit().then(
    () => undefined,
    (error: RetryLater) => error,
  );
/** So many calls, all begun before the first of them fails. */
const trip = async (breaker: Breaker, times = 5) => {
  const calls = await Promise.all(Array.from({ length: times }, () => breaker.admit()));
  for (const call of calls) await call.failed(AWAY);
};
const lets = async (breaker: Breaker) => (await refusal(breaker)) === undefined;

test('four failures in a row change nothing; the fifth holds every worker back, and costs the held jobs no try', () =>
  withBreakers(async ({ one, two, row }) => {
    await two.admit();
    await trip(one, 4);
    expect(await lets(one)).toBe(true);
    await trip(one, 1);
    const held = (await refusal(one))!;
    expect(held).toBeInstanceOf(RetryLater);
    expect(held).toMatchObject({
      uncounted: true,
      failure: { code: BREAKER_OPEN, sentence: expect.stringContaining('The mail server') },
    });
    expect(held.afterMs).toBeGreaterThan(0);
    await expect.poll(() => lets(two)).toBe(false); // heard of it from the row
    expect(await row()).toEqual({ open: true, probes: 0 });
  }));

test('an answer in between starts the count anew; half of many calls failing opens it all the same', () =>
  withBreakers(async ({ one }) => {
    for (let i = 0; i < 3; i += 1) {
      await trip(one, 2);
      await (await one.admit()).succeeded();
    }
    expect(await lets(one)).toBe(true); // 6 of 9
    await trip(one, 1);
    expect(await lets(one)).toBe(false); // 7 of 10
  }));

test('after its wait exactly one job of all workers tries; when it gets through, all do', () =>
  withBreakers(async ({ one, two, row }) => {
    await trip(one);
    await expect.poll(() => lets(two)).toBe(false);
    await wait(WAIT_MS + 50);
    const tries = await Promise.allSettled([one, two, one, two, one].map((breaker) => breaker.admit()));
    const through = tries.filter((tried) => tried.status === 'fulfilled');
    expect(through).toHaveLength(1);
    await through[0]!.value.succeeded();
    await expect.poll(() => lets(one)).toBe(true);
    await expect.poll(() => lets(two)).toBe(true);
    expect(await row()).toEqual({ open: false, probes: 0 });
  }));

test('ten that fail at once, in two workers, open it once and for the first wait only', () =>
  withBreakers(async ({ one, two, row }) => {
    const calls = await Promise.all([...Array(10)].flatMap(() => [one.admit(), two.admit()]));
    await Promise.all(calls.map((call) => call.failed(AWAY)));
    expect(await row()).toEqual({ open: true, probes: 0 });
    expect((await refusal(one))!.afterMs).toBeLessThanOrEqual(WAIT_MS + 2_000);
  }));

test('each failed try doubles the wait, up to the most; what was under way when it opened is no such try', () =>
  withBreakers(async ({ one, row }) => {
    await trip(one, 8);
    expect(await row()).toEqual({ open: true, probes: 0 });
    let [probe] = await untilLet(one);
    for (const [probes, ms] of [
      [1, 1_600],
      [2, 2_000],
      [3, 2_000],
    ] as const) {
      await probe.failed(AWAY);
      expect(await row()).toEqual({ open: true, probes });
      const [next, waitedMs] = await untilLet(one);
      expect(waitedMs).toBeGreaterThan(ms - 50);
      probe = next;
    }
  }));

test('a try that fails counts as one though other jobs of its worker asked for it meanwhile', () =>
  withBreakers(async ({ one, row }) => {
    await trip(one);
    const [probe] = await untilLet(one);
    expect(await lets(one)).toBe(false);
    await probe.failed(AWAY);
    expect(await row()).toEqual({ open: true, probes: 1 });
    await untilLet(one); // the next one, and not only when the first has been given up for lost
  }));

test('a job that was to look and never got so far leaves it to the next', () =>
  withBreakers(async ({ one, two }) => {
    await trip(one);
    const [probe] = await untilLet(one);
    expect(await lets(two)).toBe(false);
    await probe.release();
    expect(await lets(two)).toBe(true);
  }));

test('a start with other settings forgets the breakers of the former ones and lets go what they held; one that is still meant is asked anew at once', () =>
  withBreakers(async ({ one, another, held, row }) => {
    await trip(one);
    await held('BREAKER_OPEN', AWAY.code, 'ELSE');
    const corrected = another('smtp:elsewhere:25');
    await expect.poll(async () => row().catch(() => undefined)).toBeUndefined();
    expect(await lets(corrected)).toBe(true);
    expect(await held()).toEqual({ due: ['BREAKER_OPEN', AWAY.code], waiting: ['ELSE'] });

    await trip(corrected, 6);
    expect(await lets(corrected)).toBe(false);
    const restarted = another('smtp:elsewhere:25');
    await expect.poll(async () => (await restarted.admit().catch(() => undefined))?.probe).toBe(true);
  }));

/** The first call it lets through, and how long that took, in ms. */
async function untilLet(breaker: Breaker): Promise<[Admission, number]> {
  const started = performance.now();
  let call: Admission | undefined;
  // A probe that is lost is given up for lost after 30 s: sooner than that.
  await expect
    .poll(async () => (call = await breaker.admit().catch(() => undefined)), { timeout: 15_000 })
    .toBeDefined();
  return [call!, performance.now() - started];
}
