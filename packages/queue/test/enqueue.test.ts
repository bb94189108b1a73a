import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { enqueue } from '../src/jobs/enqueue.ts';
import { defineTestJob } from './define-test-job.ts';
import { openWorld, type World } from './open-world.ts';

const job = defineTestJob('idle');
let world: World;
beforeAll(async () => {
  world = await openWorld('postgres');
});
afterAll(() => world.close());

const count = async (): Promise<number> =>
  (await world.database.sql.row<{ n: number }>('count-jobs', 'select count(*)::int as n from job'))!.n;

test('a job and its news exist after the transaction commits, and not before', async () => {
  const before = await count();
  await world.database.transaction(async (tx) => {
    await enqueue(tx, { job, payload: {} }, { shopId: null });
    expect(await count()).toBe(before);
  });
  expect(await count()).toBe(before + 1);
});

test('a transaction that throws leaves neither job nor event', async () => {
  const before = await count();
  const id = 'job_rolled_back';
  const click = world.database.transaction(async (tx) => {
    await enqueue(tx, { job, payload: {} }, { shopId: null, id });
    throw new Error('the click failed');
  });
  await expect(click).rejects.toThrow('the click failed');
  expect(await count()).toBe(before);
  expect(await world.database.sql.rows('events-of', 'select seq from event where subject = $1', [id])).toEqual([]);
});

test('twenty clicks at once with one dedupe key make one job, and each loser is told so', async () => {
  const before = await count();
  const click = () =>
    world.database.transaction((tx) =>
      enqueue(tx, { job, payload: {} }, { shopId: null, dedupeKey: 'order:1:approved' }),
    );
  const ids = await Promise.all(Array.from({ length: 20 }, click));
  expect(ids.filter((id) => id !== undefined)).toHaveLength(1);
  expect(await count()).toBe(before + 1);
});

test('a dedupe key of a transaction that rolled back is free', async () => {
  const click = world.database.transaction(async (tx) => {
    await enqueue(tx, { job, payload: {} }, { shopId: null, dedupeKey: 'order:2:approved' });
    throw new Error('the click failed');
  });
  await expect(click).rejects.toThrow();
  expect(await world.enqueue(job, { dedupeKey: 'order:2:approved' })).toMatch(/^job_/);
});

test('a payload of 2,048 bytes is taken; one byte more is refused, and the sentence says what to do', async () => {
  const text = { ...job, payload: z.object({ text: z.string() }) };
  const around = JSON.stringify({ text: '' }).length;
  const put = (size: number) =>
    enqueue(
      world.database.sql,
      { job: text, payload: { text: `ü${'x'.repeat(size - around - 2)}` } },
      { shopId: null },
    ); // ü: two bytes
  await expect(put(2048)).resolves.toMatch(/^job_/);
  await expect(put(2049)).rejects.toThrow(/exceeds 2048 bytes: pass ids, not data/);
});
