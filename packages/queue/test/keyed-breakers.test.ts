import { listenForWakes } from '@windlass/db/wake';
import { until } from '@windlass/testkit/until';
import { expect, test } from 'vitest';
import { createBreaker } from '../src/breakers/breaker.ts';
import { createBreakers } from '../src/breakers/breakers.ts';
import { RetryLater } from '../src/jobs/errors.ts';
import { pruneRecords } from '../src/upkeep/prune-records.ts';
import { defineTestJob, handle } from './define-test-job.ts';
import { describeOnEachEngine } from './engines.ts';
import type { World } from './open-world.ts';
import { withWorld } from './with-world.ts';

const AWAY = { code: 'REFUSED', message: 'refused', sentence: 'It refused the connection.', hint: 'Wait.' };
const job = defineTestJob('of-host');
const HELD = `select held_by as "heldBy", error_code as code, run_after <= now() as due from job
  where state = 'retrying' order by held_by nulls last, error_code`;

/** Breakers as one worker has them, closed with the test. */
async function withBreakers(world: World, work: (parts: Parameters<typeof createBreakers>[0]) => Promise<void>) {
  const report = (error: Error) => void world.errors.push(error);
  const wakes = listenForWakes(world.databaseUrl, report);
  try {
    await work({ sql: world.database.sql, wakes, report, kind: 'host', queue: 'default', waitMs: 600 });
  } finally {
    await wakes.close();
  }
}

describeOnEachEngine((kind) => {
  test('one host is away: its jobs wait and spend no try, those of another go on; when it is back they all go', () =>
    withWorld(kind, (world) =>
      withBreakers(world, async (parts) => {
        let away = true;
        const done: number[] = [];
        const breakers = createBreakers(parts);
        await world.startWorker([
          handle(job, async ({ payload }) => {
            const host = breakers.of(payload.n! % 2 === 0 ? 'a' : 'b', 'The host');
            const call = await host.admit();
            try {
              if (away && payload.n! % 2 === 0) {
                await call.failed(AWAY);
                // Some would wait long by themselves: the others find it back, and they are let go too.
                if (payload.n! < 20)
                  throw new RetryLater(AWAY, { uncounted: true, afterMs: 600_000, heldBy: host.key });
                throw host.held();
              }
              await call.succeeded();
              done.push(payload.n!);
            } finally {
              await call.release();
            }
          }),
        ]);
        const ids = await Promise.all(Array.from({ length: 40 }, (_, n) => world.enqueue(job, { n })));
        await until('those of the one that is there', () => done.length === 20);
        for (const [n, id] of ids.entries()) await world.until(id, n % 2 === 0 ? 'retrying' : 'succeeded');
        expect(done.every((n) => n % 2 === 1)).toBe(true);
        const open = await world.database.sql.rows('open', 'select key, holds_queue as whole from breaker where open');
        expect(open).toEqual([{ key: 'host:a', whole: false }]);
        await world.until(await world.enqueue(job, { n: 41 }), 'succeeded');
        away = false;
        for (const id of ids) await world.until(id, 'succeeded');
        const SPENT = 'select max(failures)::int as failures from job';
        expect(await world.database.sql.row('spent', SPENT)).toEqual({ failures: 0 });
        breakers.close();
      }),
    ));
});

const HOLD = `insert into job (id, name, queue, payload, state, max_attempts, group_key, run_after, error_code, held_by)
  select 'job_' || code || coalesce(by, ''), 'tests.held', 'default', '{}', 'retrying', 1, '', now() + interval '1 hour', code, by
    from unnest($1::text[], $2::text[]) x(code, by)`;
const hold = (world: World, ...jobs: [string, string | null][]) =>
  world.database.sql.rows('hold', HOLD, [jobs.map(([code]) => code), jobs.map(([, by]) => by)]);
const stillHeld = async (world: World) =>
  (await world.database.sql.rows<{ heldBy: string | null; code: string; due: boolean }>('held', HELD))
    .filter(({ due }) => !due)
    .map(({ heldBy, code }) => `${code} ${heldBy}`);

test('each lets go its own; what says of none that it waits for it, the one that holds the whole queue', () =>
  withWorld('postgres', (world) =>
    withBreakers(world, async ({ kind, ...parts }) => {
      const breakers = createBreakers({ kind, ...parts });
      const whole = createBreaker({ ...parts, key: 'line:out', title: 'The line' });
      const [a, b] = [breakers.of('a', 'Host a'), breakers.of('b', 'Host b')];
      expect(breakers.of('a', 'Host a')).toBe(a);
      for (const breaker of [a, b, whole]) for (let i = 0; i < 5; i += 1) await (await breaker.admit()).failed(AWAY);
      await hold(
        world,
        ['BREAKER_OPEN', a.key],
        ['REFUSED', a.key],
        ['BREAKER_OPEN', b.key],
        ['BREAKER_OPEN', null],
        ['ELSE', a.key],
      );
      const close = async (breaker: typeof a) =>
        (await until('its probe', () => breaker.admit().catch(() => undefined))).succeeded();
      await close(a);
      expect(await stillHeld(world)).toEqual(['ELSE host:a', 'BREAKER_OPEN host:b', 'BREAKER_OPEN null']);
      await close(whole);
      expect(await stillHeld(world)).toEqual(['ELSE host:a', 'BREAKER_OPEN host:b']);
      // A start forgets what held the whole queue under former settings, and nothing of one host's.
      const restarted = createBreaker({ ...parts, key: 'line:new', title: 'The line' });
      await restarted.admit();
      const kept = await world.database.sql.rows('kept', 'select key from breaker order by key');
      expect(kept).toEqual([{ key: 'host:a' }, { key: 'host:b' }]);
      for (const each of [breakers, whole, restarted]) each.close();
    }),
  ));

test('one for which nobody waits any more is forgotten after an hour; one that holds a queue, or a job, is not', () =>
  withWorld('postgres', async (world) => {
    const { sql } = world.database;
    const ROW = `insert into breaker (key, title, queue, open, retry_at, holds_queue)
      values ($1, 'It', 'default', true, now() - make_interval(mins => $2), $3)`;
    for (const [key, minutes, whole] of [
      ['host:old', 61, false],
      ['host:new', 30, false],
      ['host:held', 61, false],
      ['whole', 61, true],
    ])
      await sql.rows('breaker', ROW, [key, minutes, whole]);
    await hold(world, ['BREAKER_OPEN', 'host:held']);
    await pruneRecords(sql, []);
    const left = await sql.rows<{ key: string }>('left', 'select key from breaker order by key');
    expect(left.map(({ key }) => key)).toEqual(['host:held', 'host:new', 'whole']);
  }));
