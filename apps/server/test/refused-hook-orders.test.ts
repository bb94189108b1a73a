import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeShop, type Shop } from './setup/make-shop.ts';
import { addSource, postHook, shopifyOrder, type TestSource } from './setup/post-hook.ts';
import { runSql } from './setup/run-sql.ts';
import { type House, startHouse } from './setup/start-house.ts';
import { dataOf } from './setup/visitor.ts';

let house: House;
let shop: Shop;
let shopify: TestSource;

beforeAll(async () => {
  house = await startHouse({ worker: false });
  shop = await makeShop(house, 'Paper & Signal');
  shopify = await addSource(shop, 'shopify');
});
afterAll(() => house.close());

const countOrders = async () => (await runSql(house, 'select count(*)::int as orders from customer_order'))[0];
const resultOf = (answer: { status: number; text: string }) => [answer.status, (JSON.parse(answer.text) as { result?: string }).result];
const admin = () => shop.admin.visitor;
const findOrder = async (search: string) => {
  const { rows } = dataOf(await admin().query('orders.list', { search }));
  expect(rows.length).toBe(1);
  return dataOf(await admin().query('orders.get', { id: rows[0]!.id }));
};

const line = { sku: 'X', name: 'X', quantity: 1, price: '1.00' };
test.each<[string, string | object, string]>([
  ['no e-mail', { email: null }, 'NO_EMAIL'],
  ['two e-mails in one', { email: 'a@b.com, c@d.com' }, 'BAD_EMAIL'],
  ['a look-alike domain', { email: 'ada@\u0435xample.com' }, 'BAD_EMAIL'],
  ['no lines', { line_items: [] }, 'NO_LINES'],
  ['a line break in the name', { customer: { name: 'Ada\r\nBcc: x@y.test' } }, 'NOT_VALID'],
  ['an amount as 1e3', { line_items: [{ ...line, price: '1e3' }] }, 'BAD_AMOUNT'],
  ['a negative amount', { line_items: [{ ...line, price: '-1' }] }, 'BAD_AMOUNT'],
  ['half cents', { line_items: [{ ...line, price: '0.005' }] }, 'BAD_AMOUNT'],
  ['an amount beyond exact numbers', { line_items: [{ ...line, price: '9007199254740993.00' }] }, 'BAD_AMOUNT'],
  ['no such currency', { currency: 'EUT' }, 'BAD_AMOUNT'],
  ['half a piece', { line_items: [{ ...line, quantity: 0.5 }] }, 'NOT_VALID'],
  ['a list for an order', '[]', 'NOT_AN_ORDER'],
  ['half a JSON document', '{"id":', 'NOT_AN_ORDER'],
  ['an escaped NUL in the name', { customer: { name: 'A\u0000' } }, 'NOT_VALID'],
])('an order with %s is answered 200, kept byte for byte, and shown with its reason', async (_what, change, code) => {
  const body = typeof change === 'string' ? change : shopifyOrder(change as Record<string, unknown>);
  const before = await countOrders();
  expect(resultOf(await postHook(house, shopify, { body }))).toEqual([200, 'refused']);
  const [newest] = dataOf(await admin().query('orders.refused')).rows;
  expect(newest).toMatchObject({ reasonCode: code, reason: expect.any(String), system: 'shopify' });
  const [kept] = await runSql<{ body: Buffer }>(house, 'select body from source_order where id = $1', [newest!.id]);
  expect(kept!.body.toString()).toBe(body);
  expect(await countOrders()).toEqual(before);
});

test('an order without an address is taken again with one that a person knows, once', async () => {
  expect(resultOf(await postHook(house, shopify, { body: shopifyOrder({ email: '', name: '#AGAIN' }) }))).toEqual([200, 'refused']);
  const [kept] = dataOf(await admin().query('orders.refused')).rows;
  const still = await admin().mutate('orders.takeAgain', { id: kept!.id });
  expect([still.status, still.error?.code]).toEqual([422, 'NO_EMAIL']);
  const wrong = await admin().mutate('orders.takeAgain', { id: kept!.id, email: 'a@b.com, c@d.com' });
  expect([wrong.status, wrong.error?.code, wrong.error?.fields]).toEqual([422, 'BAD_EMAIL', { email: expect.any(String) }]);
  const email = 'known@example.com';
  const answers = await Promise.all([1, 2, 3].map(() => admin().mutate('orders.takeAgain', { id: kept!.id, email })));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
  expect(await findOrder('#again')).toMatchObject({ customerEmail: email, reference: '#AGAIN' });
  expect(dataOf(await admin().query('orders.refused')).rows.map(({ id }) => id)).not.toContain(kept!.id);
});

test('an order mended over there and sent anew takes the place of what could not be taken', async () => {
  const id = 7_000_000_000_001;
  await postHook(house, shopify, { body: shopifyOrder({ id, email: '' }) });
  expect(resultOf(await postHook(house, shopify, { body: shopifyOrder({ id, email: 'mended@example.com' }) }))).toEqual([200, 'taken']);
  expect(await findOrder('mended@example.com')).toMatchObject({ status: 'waiting' });
  expect(await runSql(house, 'select state from source_order where external_id = $1', [String(id)])).toEqual([{ state: 'taken' }]);
});

test('a dismissed order leaves the list and its message the database; sent again it has no effect', async () => {
  const body = shopifyOrder({ id: 7_000_000_000_002, email: '' });
  await postHook(house, shopify, { body });
  const [kept] = dataOf(await admin().query('orders.refused')).rows;
  dataOf(await admin().mutate('orders.dismissRefused', { id: kept!.id }));
  expect(await runSql(house, 'select state, body from source_order where id = $1', [kept!.id])).toEqual([{ state: 'dismissed', body: null }]);
  expect(resultOf(await postHook(house, shopify, { body }))).toEqual([200, 'repeated']);
});
