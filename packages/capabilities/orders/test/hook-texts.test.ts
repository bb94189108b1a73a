import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { addSource, postHook, shopifyOrder, type TestSource, wooOrder } from '@windlass/testkit/house/post-hook';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { dataOf } from '@windlass/testkit/house/visitor';

let house: House;
let shop: Shop;
let sources: { shopify: TestSource; woo: TestSource };

beforeAll(async () => {
  house = await startHouse({ worker: false });
  shop = await makeShop(house, 'Paper & Signal');
  sources = { shopify: await addSource(shop, 'shopify'), woo: await addSource(shop, 'woocommerce') };
});
afterAll(() => house.close());

const resultOf = (answer: { status: number; text: string }) => [
  answer.status,
  (JSON.parse(answer.text) as { result?: string }).result,
];
const findOrder = async (email: string) => {
  const { rows } = dataOf(await shop.operator.visitor.query('orders.list', { search: email }));
  expect(rows.length).toBe(1);
  return dataOf(await shop.operator.visitor.query('orders.get', { id: rows[0]!.id }));
};

const texts: [string, string][] = [
  ['a NUL', 'a\u0000b'],
  ['a tab', 'Ada\t'],
  ['a bell', 'Ada\u0007'],
  ['line breaks of all kinds', 'a\r\nb\u0085c\u2028d\u2029e\u000bf\u000cg'],
  ['DEL and C1', 'a\u007f\u0080\u009fb'],
  ['the first half of a character', 'Ada \ud83d'],
  ['the second half of one', '\ude00 Ada'],
  ['5,000 letters', 'x'.repeat(5000)],
  ['emoji over the limit', '😀'.repeat(2500)],
  ['nothing that can be read', '\u0000\u0007\ud83d'],
  ['an accent that composes', 'Zoe\u0308'],
];

// What people write is no reason to lose their order.
test.each(texts)('an order with %s in each of its texts is taken', async (_what, text) => {
  const shopify = `${randomUUID()}@texts.test`;
  const person = { first_name: text, last_name: text };
  const line = { sku: text, name: text, title: text, quantity: 1, price: '1.00' };
  const body = shopifyOrder({
    email: shopify,
    name: text,
    note: text,
    customer: person,
    billing_address: person,
    line_items: [line, { ...line, sku: 'TEX-KRAFT' }],
  });
  expect(resultOf(await postHook(house, sources.shopify, { body }))).toEqual([200, 'taken']);
  const woo = `${randomUUID()}@texts.test`;
  const item = { name: text, sku: text, quantity: 1, total: '1.00', total_tax: '0.00' };
  const order = wooOrder({ number: text, customer_note: text, billing: { ...person, email: woo }, line_items: [item] });
  expect(resultOf(await postHook(house, sources.woo, { body: order }))).toEqual([200, 'taken']);
  for (const email of [shopify, woo]) {
    const { customerName, customerNote, reference, lines } = await findOrder(email);
    for (const kept of [customerName, customerNote, reference, lines[0]!.title, lines[0]!.sku])
      expect(kept === null || (kept.isWellFormed() && !/(?![\n\r\t])\p{Cc}/u.test(kept))).toBe(true);
    expect([customerName.length > 0 && customerName.length <= 200, lines[0]!.sku.length > 0]).toEqual([true, true]);
  }
});

test('bytes that are no UTF-8 in a text do not lose the order', async () => {
  const email = `${randomUUID()}@texts.test`;
  const body = Buffer.from(shopifyOrder({ email, note: 'caf#' }));
  body[body.indexOf('caf#') + 3] = 0xe9;
  expect(resultOf(await postHook(house, sources.shopify, { body }))).toEqual([200, 'taken']);
  expect((await findOrder(email)).customerNote).toBe('caf\ufffd');
});

test('an order whose time nobody knows is taken as placed now', async () => {
  for (const created_at of ['yesterday', '0000-00-00T00:00:00', '9999-01-01T00:00:00Z']) {
    const email = `${randomUUID()}@texts.test`;
    expect(resultOf(await postHook(house, sources.shopify, { body: shopifyOrder({ email, created_at }) }))).toEqual([
      200,
      'taken',
    ]);
    await findOrder(email);
  }
});

test.each([101, 500])('an order of %i lines that do not divide evenly is taken with all it costs', async (count) => {
  const email = `${randomUUID()}@texts.test`;
  const line_items = Array.from({ length: count }, (_, i) => ({
    sku: `S${i}`,
    name: 'Icons',
    price: '12.00',
    quantity: 3,
    tax_lines: [{ price: '0.01' }],
  }));
  expect(
    resultOf(
      await postHook(house, sources.shopify, { body: shopifyOrder({ email, taxes_included: false, line_items }) }),
    ),
  ).toEqual([200, 'taken']);
  const { lines, total } = await findOrder(email);
  expect([
    new Set(lines.map(({ sku }) => sku)).size,
    lines.reduce((sum, line) => sum + line.quantity, 0),
    total.minor,
  ]).toEqual([count, 3 * count, 3601 * count]);
});

test.each([
  [0, 0],
  [1, 1200],
  [2, 2401],
  [3, 3601],
])('of three pieces for 36.01 %i are left: so many are delivered and cost %i', async (current_quantity, minor) => {
  const email = `${randomUUID()}@texts.test`;
  const off = {
    sku: 'ICON-96',
    name: 'Icons',
    price: '12.00',
    quantity: 3,
    current_quantity,
    tax_lines: [{ price: '0.01' }],
  };
  const kept = { sku: 'TEX-KRAFT', name: 'Kraft', price: '5.00', quantity: 1, current_quantity: 1 };
  await postHook(house, sources.shopify, {
    body: shopifyOrder({ email, taxes_included: false, line_items: [off, kept] }),
  });
  const { lines, total } = await findOrder(email);
  expect(lines.filter(({ sku }) => sku === 'ICON-96').reduce((sum, line) => sum + line.quantity, 0)).toBe(
    current_quantity,
  );
  expect(total.minor).toBe(minor + 500);
});
