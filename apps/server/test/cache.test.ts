import { until } from '@windlass/testkit/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { placeOrder } from '@windlass/testkit/house/place-order';
import { sendBundle } from '@windlass/testkit/house/send-bundle';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { statementsOf } from '@windlass/testkit/house/statements-of';
import { dataOf, openVisitor } from '@windlass/testkit/house/visitor';

/** Who asks is looked up all the same. */
const SESSION = 1;

let house: House;
let shop: Shop;

beforeAll(async () => {
  house = await startHouse();
  shop = await makeShop(house, 'Paper & Signal');
});
afterAll(() => house.close());

// S0.31
test('the size of a bundle is asked of storage once, however often it is downloaded', async () => {
  const { file } = await sendBundle(house, shop);
  const customer = openVisitor(() => house.server.url);
  const before = house.server.storageCalls.head;
  for (let i = 0; i < 4; i += 1)
    expect((await customer.get(file, i > 0 ? { range: `bytes=${i}-` } : {})).status).toBe(i > 0 ? 206 : 200);
  expect(house.server.storageCalls.head - before).toBe(1);
});

// S0.30
test('the counts of a shop are read once for all who look, and are right again as soon as something happened', async () => {
  const quiet = await makeShop(house, 'Nothing else happens here');
  const waiting = async () => dataOf(await quiet.viewer.visitor.query('orders.counts')).waiting.count;
  await waiting();
  const again = await quiet.operator.visitor.query('orders.counts');
  expect([dataOf(again).waiting.count, statementsOf(house, again)]).toEqual([0, SESSION]);
  await placeOrder(house, quiet);
  await until('the new count', async () => (await waiting()) === 1, 8_000); // before the copy’s own time is over
});
