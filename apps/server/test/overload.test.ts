import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '@windlass/testkit/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MOST_INSIDE } from '../src/admission/turns.ts';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { errorOf } from '@windlass/testkit/house/visitor';

let house: House;
let shop: Shop;

beforeAll(async () => {
  house = await startHouse({ worker: false });
  shop = await makeShop(house, 'Paper & Signal');
});
afterAll(() => house.close());

/** Every connection the server may have, one after the other: twelve sign-ins at once are slow on a busy machine. */
async function holdAll() {
  const { pool } = house.server.database;
  const held = [];
  for (let i = 0; i < pool.options.max; i += 1) held.push(await pool.connect());
  return held;
}

const ask = () => shop.viewer.visitor.get('/api/trpc/orders.counts');
/** Not counts, which a cache may know: each of them needs a connection. */
const wait = (i: number) =>
  shop.viewer.visitor.get(
    `/api/trpc/orders.list?input=${encodeURIComponent(JSON.stringify({ search: `nobody ${i}` }))}`,
  );

test('while the house is full, who comes is turned away at once with a time to come back, and is served afterwards', async () => {
  const held = await holdAll();
  const crowd = Array.from({ length: MOST_INSIDE }, (_, i) => wait(i));
  await until('the house to be full', async () => (await ask()).status === 503);

  const refused = await ask();
  expect([refused.status, errorOf(refused).code, refused.headers.get('retry-after')]).toEqual([503, 'BUSY', '1']);
  expect(await house.server.metrics.registry.getSingleMetricAsString('wl_requests_turned_away_total')).toMatch(
    /wl_requests_turned_away_total [1-9]/,
  );

  for (const client of held) client.release();
  await Promise.all(crowd); // served, or told after two seconds that no connection came free
  expect((await ask()).status).toBe(200);
});

test('as many as there are connections, and a few more, turn nobody away', async () => {
  const held = await holdAll();
  const slow = Array.from({ length: held.length + 10 }, (_, i) => wait(i));
  await sleep(500);
  for (const client of held) client.release();
  expect((await Promise.all(slow)).map(({ status }) => status)).toEqual(slow.map(() => 200));
});
