import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeShop, type Shop } from './setup/make-shop.ts';
import { type House, startHouse } from './setup/start-house.ts';
import { errorOf } from './setup/visitor.ts';

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

test('while a crowd has waited for a second already, who comes is turned away at once with a time to come back, and is served afterwards', async () => {
  const { pool } = house.server.database;
  const held = await holdAll();
  const crowd = Array.from({ length: pool.options.max + 3 }, ask);
  await sleep(1_200);

  const begun = performance.now();
  const refused = await ask();
  expect(performance.now() - begun).toBeLessThan(300);
  expect([refused.status, errorOf(refused).code, refused.headers.get('retry-after')]).toEqual([503, 'BUSY', '1']);
  expect(await house.server.metrics.registry.getSingleMetricAsString('wl_requests_turned_away_total')).toContain('wl_requests_turned_away_total 1');

  for (const client of held) client.release();
  expect((await Promise.all(crowd)).map(({ status }) => status)).toEqual(Array(crowd.length).fill(200));
  expect((await ask()).status).toBe(200);
});

test('one request that takes its time turns nobody away', async () => {
  const held = await holdAll();
  const slow = ask();
  await sleep(1_200);
  const next = ask();
  for (const client of held) client.release();
  expect([(await slow).status, (await next).status]).toEqual([200, 200]);
});
