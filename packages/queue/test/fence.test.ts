import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '@windlass/testkit/until';
import { expect, test } from 'vitest';
import { reapExpiredLeases } from '../src/upkeep/reconcile-jobs.ts';
import { defineTestJob, handle, type TestContext } from './define-test-job.ts';
import { describeOnEachEngine } from './engines.ts';
import type { World } from './open-world.ts';
import { withWorld } from './with-world.ts';

/** A lease taken by force may be reported; what was recorded is what counts here. */
const LOUD = { noisy: true };

describeOnEachEngine((kind) => {
  /** In one transaction: on its own an expired lease could be renewed by its owner before anybody saw it. */
  const expire = (world: World, id: string) =>
    world.database.transaction(async (tx) => {
      await tx.rows('expire', `update job set lease_until = now() - interval '1 second' where id = $1`, [id]);
      expect(await reapExpiredLeases(tx, { spreadSeconds: 0, lives: {} })).toHaveLength(1);
    });

  /** Starts a job whose first attempt does `first` while its lease is taken away; the second is quick. */
  const start = async (world: World, first: (context: TestContext, expired: Promise<void>) => Promise<void>) => {
    const { promise: expired, resolve: tell } = Promise.withResolvers<void>();
    const job = defineTestJob('slow');
    const finished: string[] = [];
    // Two workers, so that the second attempt is not the first one's process.
    for (const name of ['a', 'b']) {
      await world.startWorker(
        [handle(job, (context) => (context.attempt === 1 ? first(context, expired) : sleep(50)))],
        {
          reconciler: { everyMs: 100 },
          leaseSeconds: 4,
          onFinished: (_, ending) => finished.push(`${name} attempt ${ending.attempt} ${ending.state}`),
        },
      );
    }
    const id = await world.enqueue(job);
    await world.until(id, 'active');
    await expire(world, id);
    tell();
    return { id, finished };
  };

  test("a worker that lost its lease cannot record an ending over its successor's", () =>
    withWorld(
      kind,
      async (world) => {
        let done = false;
        const { id, finished } = await start(world, async (_, expired) => {
          await expired;
          done = true;
        });
        await until('both have run', async () => done && (await world.state(id)) === 'succeeded');
        await sleep(100);
        const [row] = await world.database.sql.rows('row', 'select attempts, crashes, state from job where id = $1', [
          id,
        ]);
        expect(row).toEqual({ attempts: 2, crashes: 0, state: 'succeeded' });
        expect(finished).toEqual([expect.stringMatching(/^[ab] attempt 2 succeeded$/)]);
        const [attempt] = await world.database.sql.rows(
          'attempt',
          'select attempt, outcome from job_attempt where job_id = $1',
          [id],
        );
        expect(attempt).toEqual({ attempt: 1, outcome: 'lost' });
      },
      LOUD,
    ));

  test('nor a failure, nor a step: the step throws, and the next one does not begin', () =>
    withWorld(
      kind,
      async (world) => {
        const trace: string[] = [];
        const { id, finished } = await start(world, async (context, expired) => {
          try {
            await context.step('first', () => expired);
            trace.push('first kept');
            await context.step('second', async () => void trace.push('second ran'));
          } catch (error) {
            trace.push((error as Error).constructor.name);
            throw error;
          }
        });
        await until('both have run', async () => trace.length > 0 && (await world.state(id)) === 'succeeded');
        expect(trace).toEqual(['LeaseLost']);
        expect(finished).toHaveLength(1);
        expect(await world.database.sql.rows('steps', 'select name from job_step where job_id = $1', [id])).toEqual([]);
      },
      LOUD,
    ));

  test('a worker whose lease is gone aborts its handler without being asked', () =>
    withWorld(
      kind,
      async (world) => {
        let reason: unknown;
        const { id } = await start(world, async ({ signal }) => {
          await new Promise<void>((resolve) =>
            signal.addEventListener('abort', () => resolve(void (reason = signal.reason))),
          );
        });
        await until('the handler is aborted', () => reason !== undefined);
        expect(reason).toBe('lease-lost');
        await world.until(id, 'succeeded');
      },
      LOUD,
    ));

  test('a claim whose answer was lost is taken over, although its worker lives and is busy', () =>
    withWorld(
      kind,
      async (world) => {
        const job = defineTestJob('orphan');
        const busy = defineTestJob('busy');
        const tokens: string[] = [];
        await world.startWorker(
          [
            handle(job, async () => {}),
            handle(busy, async ({ leaseToken, signal }) => {
              tokens.push(leaseToken);
              await sleep(15_000, undefined, { signal }).catch(() => undefined);
            }),
          ],
          { reconciler: { everyMs: 100 }, leaseSeconds: 2 },
        );
        await world.enqueue(busy);
        await until('the worker is busy', () => tokens.length > 0);
        // As the row stands when the connection broke between the claim's commit and its answer.
        const id = 'job_orphan';
        await world.database.sql.rows(
          'orphan',
          `insert into job (id, name, queue, payload, state, attempts, lease_token, lease_until, started_at,
            dispatched_at)
         values ($1, $2, 'default', '{}', 'active', 1, $3, now() + interval '1 second', now(), now())`,
          [id, job.name, tokens[0]],
        );
        await world.until(id, 'succeeded');
        expect(
          await world.database.sql.rows('busy', `select 1 from job where name = $1 and state = 'active'`, [busy.name]),
        ).toHaveLength(1);
      },
      LOUD,
    ));
});
