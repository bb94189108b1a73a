import { newId } from '@windlass/db/ids';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { runSql } from '@windlass/testkit/house/run-sql';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { dataOf } from '@windlass/testkit/house/visitor';
import { afterAll, beforeAll, expect, test } from 'vitest';

let house: House;
let shop: Shop;

beforeAll(async () => {
  house = await startHouse({ worker: false });
  shop = await makeShop(house, 'Paper & Signal');
});
afterAll(() => house.close());

const JOB = `insert into job (id, shop_id, name, queue, payload, state, run_after, error_code, error_sentence, held_by)
  values ($1, $2, 'artwork.make-proof', 'images', '{}', $3::job_state, $4, $5, $6, $7)`;
type Made = { state: string; runAfter?: string; code?: string; sentence?: string; heldBy?: string };
async function makeJob({ state, runAfter = '2026-01-01', code, sentence, heldBy }: Made): Promise<string> {
  const id = newId('job');
  await runSql(house, JOB, [id, shop.id, state, runAfter, code ?? null, sentence ?? null, heldBy ?? null]);
  return id;
}
/** As its row in the list and as its page: both say the same. */
const shown = async (id: string) => {
  const [row] = dataOf(await shop.operator.visitor.query('operations.jobRows', { ids: [id] })).rows;
  const { parked, waitsFor, errorSentence } = dataOf(await shop.operator.visitor.query('operations.job', { id }));
  expect(row).toMatchObject({ parked, waitsFor, errorSentence });
  return { parked, waitsFor, errorSentence };
};
const parked = { state: 'retrying', code: 'PARKED', sentence: 'The printer has yet to say a price.' };

test('a parked job says whose answer it waits for, and until when', async () => {
  const said = { waitsFor: null, errorSentence: parked.sentence };
  expect(await shown(await makeJob({ ...parked, runAfter: '9999-01-01T00:00:00Z' }))).toEqual({
    ...said,
    parked: { until: null },
  });
  const { parked: limited } = await shown(await makeJob({ ...parked, runAfter: '2040-05-01T12:00:00Z' }));
  expect(new Date(limited!.until!)).toEqual(new Date('2040-05-01T12:00:00Z'));
});

test('once it goes on or was cancelled, it says nothing of what it waited for; a failed try is not parked', async () => {
  const nothing = { parked: null, waitsFor: null, errorSentence: null };
  for (const state of ['queued', 'cancelled'])
    expect(await shown(await makeJob({ ...parked, state })), state).toEqual(nothing);
  const failed = await shown(await makeJob({ state: 'retrying', code: 'TIMEOUT', sentence: 'It took too long.' }));
  expect(failed).toEqual({ ...nothing, errorSentence: 'It took too long.' });
});

test('one that follows others names each kind of those that have yet to end', async () => {
  const follows = async (...states: string[]) => {
    const id = await makeJob({ state: 'scheduled', runAfter: '9999-01-01T00:00:00Z' });
    for (const state of states)
      await runSql(house, 'insert into job_dependency (job_id, after_id) values ($1, $2)', [
        id,
        await makeJob({ state }),
      ]);
    return id;
  };
  expect((await shown(await follows('queued', 'active', 'succeeded'))).waitsFor).toBe('Make a proof');
  expect((await shown(await makeJob({ state: 'scheduled', runAfter: '2040-01-01' }))).waitsFor).toBeNull();
});

test('of an open breaker it is said how many wait for it: its whole queue, or those that need its host', async () => {
  const BREAKER = `insert into breaker (key, title, queue, open, opened_at, retry_at, holds_queue)
    values ($1, 'It', 'images', true, now(), now(), $2)`;
  const held = async () => {
    const { breakers } = dataOf(await shop.operator.visitor.query('operations.trouble'));
    return Object.fromEntries(breakers.map((breaker) => [breaker.key, breaker.held]));
  };
  await runSql(house, BREAKER, ['whole', true]);
  const { whole } = await held();
  await runSql(house, BREAKER, ['host:a', false]);
  for (const heldBy of ['host:a', 'host:a', 'host:b'])
    await makeJob({ state: 'retrying', code: 'BREAKER_OPEN', heldBy });
  await makeJob(parked);
  expect(await held()).toEqual({ whole: whole! + 3, 'host:a': 2 });
});
