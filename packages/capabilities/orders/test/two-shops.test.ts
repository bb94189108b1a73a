import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { placeOrder } from '@windlass/testkit/house/place-order';
import { addSource, postHook, shopifyOrder, wooOrder } from '@windlass/testkit/house/post-hook';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { dataOf } from '@windlass/testkit/house/visitor';

let house: House;
let shop: Shop;

beforeAll(async () => {
  house = await startHouse({ worker: false });
  shop = await makeShop(house, 'Paper & Signal');
});
afterAll(() => house.close());

test('two connected shops that call an order alike are told apart in list, search, rows and on its page', async () => {
  const [shopify, woo] = [await addSource(shop, 'shopify'), await addSource(shop, 'woocommerce')];
  await postHook(house, shopify, { body: shopifyOrder({ name: '#5001' }) });
  await postHook(house, woo, { body: wooOrder({ number: '#5001' }) });
  await placeOrder(house, shop, { reference: '#5001' });
  const { visitor } = shop.viewer;
  const names = (rows: { reference: string | null; sourceName: string | null }[]) =>
    rows.map(({ reference, sourceName }) => `${reference} · ${sourceName}`).toSorted();
  const three = ['#5001 · Shop by shopify', '#5001 · Shop by woocommerce', '#5001 · null'];
  const { rows } = dataOf(await visitor.query('orders.list', {}));
  expect(names(rows)).toEqual(three);
  expect(names(dataOf(await visitor.query('orders.list', { search: '#5001' })).rows)).toEqual(three);
  const ids = rows.map(({ id }) => id);
  expect(names(dataOf(await visitor.query('orders.rows', { ids })).rows)).toEqual(three);
  const pages = await Promise.all(ids.map(async (id) => dataOf(await visitor.query('orders.get', { id }))));
  expect(names(pages)).toEqual(three);
});
