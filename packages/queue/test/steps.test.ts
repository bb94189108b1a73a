import { afterAll, beforeAll, expect, test } from 'vitest';
import { RetryLater } from '../src/jobs/errors.ts';
import { defineTestJob, handle, type TestContext } from './define-test-job.ts';
import { describeOnEachEngine } from './engines.ts';
import { openWorld, type World } from './open-world.ts';

const again = new RetryLater({ code: 'AGAIN', message: 'once more', sentence: 'Once more.', hint: 'Wait.' });
const kept = defineTestJob('kept', { retryDelaysMs: [20, 20] });
const fresh = defineTestJob('fresh', { retryDelaysMs: [20] });
const abreast = defineTestJob('abreast');
const twice = defineTestJob('twice');
const sound = defineTestJob('sound');

describeOnEachEngine((kind) => {
  let world: World;
  /** What each run of a step left here, by job and step. */
  const ran = new Map<string, number>();
  const count = ({ id }: TestContext, step: string): number => {
    const times = (ran.get(`${id} ${step}`) ?? 0) + 1;
    ran.set(`${id} ${step}`, times);
    return times;
  };
  const times = (id: string) => ({ first: ran.get(`${id} first`), second: ran.get(`${id} second`) });
  const handed: unknown[] = [];

  beforeAll(async () => {
    world = await openWorld(kind);
    await world.startWorker([
      handle(kept, async (context) => {
        handed.push(await context.step('first', async () => ({ run: count(context, 'first'), text: 'ü\0\ud800' })));
        await context.step('second', async () => {
          if (count(context, 'second') < 3) throw again;
        });
      }),
      handle(fresh, async (context) => {
        await context.step('first', async () => ({ secret: count(context, 'first') }), { rerun: true });
        await context.step('second', async () => {
          if (count(context, 'second') < 2) throw again;
        });
      }),
      handle(abreast, async (context) => {
        await Promise.all((['first', 'second'] as const).map((name) => context.step(name, async () => name)));
      }),
      handle(twice, async (context) => {
        await Promise.all([1, 2].map(() => context.step('first', async () => 1)));
      }),
      handle(sound, async (context) => {
        await context.step('first', async () => 1);
      }),
    ]);
  });
  afterAll(async () => {
    await world.close();
    expect(world.errors.map(({ stack }) => stack)).toEqual([]);
  });

  test('a step that is done is not run again by a retry: the retry is handed what it returned', async () => {
    const id = await world.enqueue(kept);
    expect(await world.until(id, 'succeeded', 'failed')).toBe('succeeded');
    expect(times(id)).toEqual({ first: 1, second: 3 });
    expect(handed.slice(1)).toEqual(Array(2).fill({ run: 1, text: 'ü\ufffd\ufffd' })); // what PostgreSQL cannot hold is replaced
  });

  test('a step that must be fresh is run by every attempt, and its result is not kept', async () => {
    const id = await world.enqueue(fresh);
    await world.until(id, 'succeeded');
    expect(times(id)).toEqual({ first: 2, second: 2 });
    const [row] = await world.database.sql.rows(
      'kept',
      `select result, kept, attempt from job_step where job_id = $1 and name = 'first'`,
      [id],
    );
    expect(row).toEqual({ result: null, kept: false, attempt: 2 });
  });

  test('two steps begun at once are both told of, and both kept', async () => {
    const id = await world.enqueue(abreast);
    await world.until(id, 'succeeded');
    const told = await world.database.sql.rows<{ step: string }>(
      'told-steps',
      `select data ->> 'step' as step from event where subject = $1 and type = 'job.step' order by seq`,
      [id],
    );
    expect(told.map((row) => row.step)).toEqual(['first', 'second']);
    const rows = await world.database.sql.rows(
      'kept-steps',
      'select name, result from job_step where job_id = $1 order by name',
      [id],
    );
    expect(rows).toEqual([
      { name: 'first', result: 'first' },
      { name: 'second', result: 'second' },
    ]);
  });

  test('a step begun twice at once is a fault of its handler, and of no other job', async () => {
    const ids = await Promise.all([twice, sound, sound, sound].map((job) => world.enqueue(job)));
    const states = await Promise.all(ids.map((id) => world.until(id, 'succeeded', 'failed')));
    expect(states).toEqual(['failed', 'succeeded', 'succeeded', 'succeeded']);
    const [row] = await world.database.sql.rows('why', 'select error_message as m from job where id = $1', [ids[0]]);
    expect(row).toEqual({ m: 'Error: step first of tests.twice was begun twice at once' });
  });
});
