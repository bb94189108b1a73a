import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '@windlass/testkit/until';
import { expect, test } from 'vitest';
import { cancelJob } from '../src/control/cancel-jobs.ts';
import { retryJob } from '../src/control/retry-job.ts';
import { moveDependents } from '../src/dependents/move-dependents.ts';
import { enqueue } from '../src/jobs/enqueue.ts';
import { GiveUp } from '../src/jobs/errors.ts';
import type { JobLife, JobLives } from '../src/jobs/job-life.ts';
import { defineTestJob, handle, type TestContext } from './define-test-job.ts';
import { describeOnEachEngine } from './engines.ts';
import type { World } from './open-world.ts';
import { withWorld } from './with-world.ts';

const first = defineTestJob('comes-first');
const next = defineTestJob('comes-next');
/** A reconciler that never looks: what starts does so by the end of what it waited for. */
const ALONE = { reconciler: { everyMs: 600_000 } };
const WHY = { code: 'BROKEN', message: 'broken', sentence: 'It is broken.', hint: 'Mend it.' };

/** Workers that run `first` as told, by its number, and write down which of `next` ran. */
async function start(world: World, run: (context: TestContext) => Promise<void> = async () => {}, workers = 1) {
  const ran: string[] = [];
  const jobs = [handle(first, run), handle(next, async ({ id }) => void ran.push(id))];
  await Promise.all(Array.from({ length: workers }, () => world.startWorker(jobs, ALONE)));
  return ran;
}
const gate = () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
};
const failureOf = async (world: World, id: string) =>
  (await world.database.sql.row(
    'failure',
    `select error_code as code, error_sentence as sentence, error_hint as hint from job where id = $1`,
    [id],
  ))!;
const dependencies = async (world: World) =>
  (await world.database.sql.rows('dependencies', 'select job_id from job_dependency')).length;
const retry = (world: World, id: string, lives: JobLives = {}) =>
  world.database.transaction((tx) => retryJob(tx, id, lives));
const cancel = (world: World, id: string, lives: JobLives = {}) =>
  world.database.transaction((tx) => cancelJob(tx, id, { lives }));

describeOnEachEngine((kind) => {
  test('it waits for all it follows, starts with the end of the last, and one that is done in part will do', () =>
    withWorld(kind, async (world) => {
      const gates = [gate(), gate()];
      const ran = await start(world, async ({ payload, skipPart }) => {
        await gates[payload.n!]!.opened;
        if (payload.n === 1) skipPart('a part', 'not there');
      });
      const [a, b] = [await world.enqueue(first, { n: 0 }), await world.enqueue(first, { n: 1 })];
      const id = await world.enqueue(next, { after: [a, b] });
      gates[0]!.open();
      await world.until(a, 'succeeded');
      await sleep(300);
      expect([await world.state(id), ran]).toEqual(['scheduled', []]);
      gates[1]!.open();
      await world.until(id, 'succeeded');
      expect([await world.state(b), ran, await dependencies(world)]).toEqual(['degraded', [id], 0]);
    }));

  test('what has ended before, or is there no more, is not waited for', () =>
    withWorld(kind, async (world) => {
      await start(world);
      const done = await world.enqueue(first);
      await world.until(done, 'succeeded');
      await world.until(await world.enqueue(next, { after: [done, 'job_pruned'] }), 'succeeded');
    }));

  test('one that is made in the very moment in which the other ends starts all the same', () =>
    withWorld(kind, async (world) => {
      const { opened, open } = gate();
      await start(world, () => opened);
      const a = await world.enqueue(first);
      await world.until(a, 'active');
      const id = await world.database.transaction(async (tx) => {
        const made = await enqueue(tx, { job: next, payload: {} }, { shopId: null, after: [a] });
        open();
        await sleep(500); // its end is being written, and waits for us
        return made!;
      });
      await world.until(id, 'succeeded');
    }));

  test('where two end at once in two workers, each of thirty starts, and once', () =>
    withWorld(kind, async (world) => {
      const { opened, open } = gate();
      const ran = await start(world, () => opened, 2);
      const firsts = await Promise.all(Array.from({ length: 8 }, () => world.enqueue(first)));
      const ids = await Promise.all(Array.from({ length: 30 }, () => world.enqueue(next, { after: firsts })));
      await until('all run', async () => {
        const active = `select 1 from job where name = $1 and state = 'active'`;
        return (await world.database.sql.rows('running', active, [first.name])).length === firsts.length;
      });
      open();
      for (const id of ids) await world.until(id, 'succeeded');
      expect(ran.toSorted()).toEqual(ids.toSorted());
    }));

  test('one fails: what follows fails with it and says why, waits again when that one runs again, and then starts', () =>
    withWorld(kind, async (world) => {
      let broken = true;
      const ran = await start(world, async () => {
        if (broken) throw new GiveUp(WHY);
      });
      const a = await world.enqueue(first, { runAfterSeconds: 0.3 });
      const b = await world.enqueue(next, { after: [a] });
      const c = await world.enqueue(next, { after: [b] });
      for (const id of [a, b, c]) await world.until(id, 'failed');
      const why = {
        code: 'AFTER_FAILED',
        sentence: '“comes-first” comes before this, and failed: It is broken.',
        hint: 'Run that one again: this one then waits for it once more.',
      };
      expect([await failureOf(world, b), await failureOf(world, c)]).toEqual([why, why]);
      broken = false;
      expect(await retry(world, a)).toBe(true);
      for (const id of [a, b, c]) await world.until(id, 'succeeded');
      expect([ran, await dependencies(world)]).toEqual([[b, c], 0]);
    }));

  test('a cancel of one that waits or runs fails what follows it; what was cancelled itself stays so', () =>
    withWorld(kind, async (world) => {
      const { opened, open } = gate();
      await start(world, ({ signal }) => Promise.race([opened, new Promise<void>((_, no) => (signal.onabort = no))]));
      const [waits, runs, other] = [
        await world.enqueue(first, { runAfterSeconds: 60 }),
        await world.enqueue(first),
        await world.enqueue(first),
      ];
      const [afterWaits, afterRuns, stopped] = [
        await world.enqueue(next, { after: [waits] }),
        await world.enqueue(next, { after: [runs, other] }),
        await world.enqueue(next, { after: [other] }),
      ];
      await world.until(runs, 'active');
      expect(await cancel(world, waits)).toBe('cancelled');
      expect(await world.state(afterWaits)).toBe('failed'); // in that transaction
      expect(await failureOf(world, afterWaits)).toMatchObject({
        sentence: '“comes-first” comes before this, and was cancelled.',
      });
      expect(await cancel(world, stopped)).toBe('cancelled');
      expect(await cancel(world, runs)).toBe('cancelling');
      await world.until(afterRuns, 'failed');
      // Run again by itself while what it follows is under way, it waits; else it has its way.
      expect(await retry(world, stopped)).toBe(true);
      expect(await world.state(stopped)).toBe('scheduled');
      expect(await retry(world, afterWaits)).toBe(true);
      await world.until(afterWaits, 'succeeded');
      open();
      await world.until(other, 'succeeded');
      expect(await world.state(afterRuns)).toBe('failed'); // the other of the two was cancelled
    }));

  test('a web of jobs that end, fail and are cancelled all at once: nobody deadlocks, and nobody waits for ever', () =>
    withWorld(kind, async (world) => {
      const { opened, open } = gate();
      await start(
        world,
        async ({ payload }) => {
          await opened;
          if (payload.n! % 5 === 0) throw new GiveUp(WHY);
        },
        2,
      );
      const some = (ids: readonly string[], from: number) => ids.filter((_, i) => (i * 7 + from * 3) % 5 === 0);
      const make = (of: readonly string[], count: number) =>
        Promise.all(Array.from({ length: count }, (_, i) => world.enqueue(next, { after: some(of, i) })));
      const firsts = await Promise.all(Array.from({ length: 20 }, (_, n) => world.enqueue(first, { n })));
      const second = await make(firsts, 20);
      const third = await make([...firsts, ...second], 20);
      const all = [...firsts, ...second, ...third];
      await world.until(firsts.at(-1)!, 'active');
      open();
      await Promise.all([...some(third, 1), ...some(second, 2), ...some(firsts, 3)].map((id) => cancel(world, id)));
      for (const id of all) await world.until(id, 'succeeded', 'failed', 'cancelled');
    }));

  test('the reconciler finds what was ended without a word: by the release before, by an owner, or pruned', () =>
    withWorld(kind, async (world) => {
      const { sql } = world.database;
      const later = { runAfterSeconds: 60 };
      const [a, b, c] = [
        await world.enqueue(first, later),
        await world.enqueue(first, later),
        await world.enqueue(first, later),
      ];
      const [afterA, afterB, afterC] = [
        await world.enqueue(next, { after: [a] }),
        await world.enqueue(next, { after: [b] }),
        await world.enqueue(next, { after: [c] }),
      ];
      await sql.rows('end', `update job set state = 'succeeded', finished_at = now() where id = $1`, [a]);
      await world.database.transaction((tx) => cancelJob(tx, b));
      await sql.rows('prune', `delete from job where id = $1`, [c]);
      expect(await Promise.all([afterA, afterB, afterC].map(world.state))).toEqual(Array(3).fill('scheduled'));
      await world.startWorker([handle(first, async () => {}), handle(next, async () => {})], {
        reconciler: { everyMs: 50 },
      });
      await world.until(afterA, 'succeeded');
      await world.until(afterB, 'failed');
      await world.until(afterC, 'succeeded');
      // The one that was cancelled goes after a while: what failed with it does not start for that.
      await sql.rows('prune', `delete from job where id = $1`, [b]);
      await sleep(300);
      expect(await world.state(afterB)).toBe('failed');
    }));

  test('owners of what follows lock before, hear of its end and of its new start, in the transaction of the other', () =>
    withWorld(kind, async (world) => {
      const told: string[] = [];
      const life: JobLife = {
        lockFirst: async (_, ids) => void told.push(`lock ${ids.length}`),
        onSettled: async (_, ends) => void told.push(...ends.map(({ state, failure }) => `${state} ${failure!.code}`)),
        onRetry: async (_, ids) => void told.push(`again ${ids.length}`),
      };
      const lives = { [next.name]: life };
      const a = await world.enqueue(first, { runAfterSeconds: 60 });
      const id = await world.enqueue(next, { after: [a] });
      await cancel(world, a, lives);
      expect(new Set(told)).toEqual(new Set(['lock 1', 'failed AFTER_FAILED']));
      told.length = 0;
      await retry(world, a, lives);
      expect([told.at(-1), await world.state(id)]).toEqual(['again 1', 'scheduled']);
    }));
});

test('two ends that overlap: the second waits for the first to commit, and lets go what waited for both', () =>
  withWorld('postgres', async (world) => {
    const later = { runAfterSeconds: 60 };
    const [a, b] = [await world.enqueue(first, later), await world.enqueue(first, later)];
    const id = await world.enqueue(next, { after: [a, b] });
    const { opened, open } = gate();
    const end = (one: string, before: Promise<void>) =>
      world.database.transaction(async (tx) => {
        await tx.rows('end', `update job set state = 'succeeded' where id = $1`, [one]);
        await moveDependents(tx, {}, [one]);
        await before;
      });
    const ends = [end(a, opened), end(b, Promise.resolve())];
    await sleep(300);
    expect(await world.state(id)).toBe('scheduled');
    open();
    await Promise.all(ends);
    expect(await world.state(id)).toBe('queued');
  }));

test('nothing waits both for a time and for others', () =>
  withWorld('postgres', async (world) => {
    await expect(world.enqueue(next, { after: ['job_a'], runAfterSeconds: 1 })).rejects.toThrow(/a time and for other/);
  }));
