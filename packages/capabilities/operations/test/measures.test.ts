import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { runSql } from '@windlass/testkit/house/run-sql';
import { sendBundle } from '@windlass/testkit/house/send-bundle';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { dataOf } from '@windlass/testkit/house/visitor';

let house: House;
let shop: Shop;
let other: Shop;

beforeAll(async () => {
  house = await startHouse();
  [shop, other] = await Promise.all([makeShop(house, 'Paper & Signal'), makeShop(house, 'The Other Shop')]);
});
afterAll(() => house.close());

const measures = async (of: Shop) => dataOf(await of.viewer.visitor.query('operations.measures'));

// S0.36, S0.37, SX.6
test('each promise stands beside what the last day took: how many, half, 95 of 100, and how many were over', async () => {
  await sendBundle(house, shop);
  await sendBundle(house, shop);
  const { budgets, deliveries, jobs } = await measures(shop);
  expect(budgets.map(({ name, budgetMs, count, over }) => [name, budgetMs, count, over])).toEqual([
    ['approve', 200, 2, 0],
    ['makeLinks', 3000, 2, 0],
    ['sendMail', 5000, 2, 0],
    ['clickToAccepted', 8000, 2, 0],
  ]);
  for (const { p50, p95, worst } of budgets)
    expect([0 < p50!, p50! <= p95!, p95! <= worst!]).toEqual([true, true, true]);
  expect(deliveries).toEqual({ delivered: 2, failed: 0 });
  expect(jobs).toMatchObject([{ title: 'Send e-mail', count: 2, failed: 0 }]);
});

test('an approval that took longer than its budget is counted as over', async () => {
  const slow = await makeShop(house, 'The Slow Shop');
  await sendBundle(house, slow);
  await runSql(
    house,
    `update event set data = data || '{"ms": 950}' where shop_id = $1 and type = 'approval.approved'`,
    [slow.id],
  );
  expect((await measures(slow)).budgets[0]).toMatchObject({ name: 'approve', count: 1, over: 1, worst: 950 });
});

test('the figures are counted once for all who ask within seconds, and say when', async () => {
  const [first, second] = [await measures(shop), await measures(shop)];
  expect(second.at).toBe(first.at);
  expect(Date.now() - Date.parse(first.at)).toBeLessThan(30_000);
});

test('another shop’s figures are not among them, and a shop without any has none', async () => {
  const { budgets, deliveries, errors, jobs } = await measures(other);
  expect(budgets.every(({ count, p95 }) => count === 0 && p95 === null)).toBe(true);
  expect({ deliveries, errors, jobs }).toEqual({ deliveries: { delivered: 0, failed: 0 }, errors: [], jobs: [] });
});
