import { until } from '@windlass/testkit/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { addSource, postHook, shopifyOrder, type TestSource } from '@windlass/testkit/house/post-hook';
import { runSql } from '@windlass/testkit/house/run-sql';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { dataOf } from '@windlass/testkit/house/visitor';

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
const resultOf = (answer: { status: number; text: string }) => [
  answer.status,
  (JSON.parse(answer.text) as { result?: string }).result,
];
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
  ['an amount as 1e3', { line_items: [{ ...line, price: '1e3' }] }, 'BAD_AMOUNT'],
  ['a negative amount', { line_items: [{ ...line, price: '-1' }] }, 'BAD_AMOUNT'],
  ['half cents', { line_items: [{ ...line, price: '0.005' }] }, 'BAD_AMOUNT'],
  ['an amount beyond exact numbers', { line_items: [{ ...line, price: '9007199254740993.00' }] }, 'BAD_AMOUNT'],
  ['no such currency', { currency: 'EUT' }, 'BAD_AMOUNT'],
  ['half a piece', { line_items: [{ ...line, quantity: 0.5 }] }, 'NOT_VALID'],
  ['a list for an order', '[]', 'NOT_AN_ORDER'],
  ['half a JSON document', '{"id":', 'NOT_AN_ORDER'],
  ['a currency with a NUL', { currency: 'E\u0000' }, 'BAD_AMOUNT'],
  ['an address with a NUL', { email: 'ada@\u0000example.com' }, 'BAD_EMAIL'],
  ['10,001 lines', { line_items: Array(10_001).fill(line) }, 'NOT_VALID'],
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
  expect(resultOf(await postHook(house, shopify, { body: shopifyOrder({ email: '', name: '#AGAIN' }) }))).toEqual([
    200,
    'refused',
  ]);
  const [kept] = dataOf(await admin().query('orders.refused')).rows;
  const still = await admin().mutate('orders.takeAgain', { id: kept!.id });
  expect([still.status, still.error?.code]).toEqual([422, 'NO_EMAIL']);
  const wrong = await admin().mutate('orders.takeAgain', { id: kept!.id, email: 'a@b.com, c@d.com' });
  expect([wrong.status, wrong.error?.code, wrong.error?.fields]).toEqual([
    422,
    'BAD_EMAIL',
    { email: expect.any(String) },
  ]);
  const email = 'known@example.com';
  const answers = await Promise.all([1, 2, 3].map(() => admin().mutate('orders.takeAgain', { id: kept!.id, email })));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
  expect(await findOrder('#again')).toMatchObject({ customerEmail: email, reference: '#AGAIN' });
  expect(dataOf(await admin().query('orders.refused')).rows.map(({ id }) => id)).not.toContain(kept!.id);
});

test('an order mended over there and sent anew takes the place of what could not be taken', async () => {
  const id = 7_000_000_000_001;
  await postHook(house, shopify, { body: shopifyOrder({ id, email: '' }) });
  expect(resultOf(await postHook(house, shopify, { body: shopifyOrder({ id, email: 'mended@example.com' }) }))).toEqual(
    [200, 'taken'],
  );
  expect(await findOrder('mended@example.com')).toMatchObject({ status: 'waiting' });
  expect(await runSql(house, 'select state from source_order where external_id = $1', [String(id)])).toEqual([
    { state: 'taken' },
  ]);
});

test('a dismissed order leaves the list; sent again it has no effect', async () => {
  const body = shopifyOrder({ id: 7_000_000_000_002, email: '' });
  await postHook(house, shopify, { body });
  const [kept] = dataOf(await admin().query('orders.refused')).rows;
  dataOf(await admin().mutate('orders.dismissRefused', { id: kept!.id }));
  expect(await runSql(house, 'select state from source_order where id = $1', [kept!.id])).toEqual([
    { state: 'dismissed' },
  ]);
  expect(resultOf(await postHook(house, shopify, { body }))).toEqual([200, 'repeated']);
});

test('an operator learns how many orders could not be taken, sees them, and takes one', async () => {
  await runSql(
    house,
    `update source_order set state = 'dismissed', body = null, settled_at = now() where state = 'refused'`,
  );
  await postHook(house, shopify, { body: shopifyOrder({ id: 7_000_000_000_003, email: '' }) });
  const operator = shop.operator.visitor;
  /** A count is kept until the server hears the news, a moment after the commit. */
  const untilRefused = (count: number) =>
    until(`${count} refused`, async () => {
      const { refused } = dataOf(await operator.query('operations.waiting')).counts;
      return refused!.count === count && !refused!.more;
    });
  await untilRefused(1);
  const [kept] = dataOf(await operator.query('orders.refused')).rows;
  dataOf(await operator.mutate('orders.takeAgain', { id: kept!.id, email: 'by.operator@example.com' }));
  await untilRefused(0);
});

const age = (externalId: string, column: 'received_at' | 'settled_at', days: number) =>
  runSql(house, `update source_order set ${column} = now() - make_interval(days => $2) where external_id = $1`, [
    externalId,
    days,
  ]);
const kept = async (externalId: string) =>
  (
    await runSql<{ state: string; body: Buffer | null; reason: string | null }>(
      house,
      'select state, body, reason from source_order where external_id = $1',
      [externalId],
    )
  )[0];

test('what nobody deals with is deleted after 90 days and announced before; sent again by then it is taken like any other', async () => {
  const { workerPlug } = await import('@windlass/capabilities/orders/worker-plug');
  await runSql(
    house,
    `update source_order set state = 'dismissed', body = null, settled_at = now() where state = 'refused'`,
  );
  for (const id of [8_000_000_000_001, 8_000_000_000_002, 8_000_000_000_003])
    await postHook(house, shopify, { body: shopifyOrder({ id, email: '' }) });
  await age('8000000000001', 'received_at', 91);
  await age('8000000000002', 'received_at', 80);
  const { deletion } = dataOf(await admin().query('orders.refused'));
  expect(deletion).toMatchObject({ count: 3, soon: 2 });
  await workerPlug.prune!(house.database.sql);
  expect([
    await kept('8000000000001'),
    (await kept('8000000000002'))?.state,
    (await kept('8000000000003'))?.state,
  ]).toEqual([undefined, 'refused', 'refused']);
  const after = dataOf(await admin().query('orders.refused')).deletion!;
  expect([after.count, after.soon, Math.round((new Date(after.firstAt).getTime() - Date.now()) / 86_400_000)]).toEqual([
    2, 1, 10,
  ]);
  const audits = await runSql(house, `select actor_kind, data from audit_entry where action = 'orders.delete-refused'`);
  expect(audits).toEqual([{ actor_kind: 'system', data: { count: 1 } }]);
  expect(
    resultOf(
      await postHook(house, shopify, { body: shopifyOrder({ id: 8_000_000_000_001, email: 'late@example.com' }) }),
    ),
  ).toEqual([200, 'taken']);
});

test.each([
  ['dismissed', 8_100_000_000_001, (id: string) => admin().mutate('orders.dismissRefused', { id })],
  [
    'taken',
    8_100_000_000_002,
    (id: string) => admin().mutate('orders.takeAgain', { id, email: 'in.time@example.com' }),
  ],
] as const)(
  'a refused message that was %s stays 30 days; then nothing is left but that it came: sent again it still has no effect',
  async (state, order, settle) => {
    const { workerPlug } = await import('@windlass/capabilities/orders/worker-plug');
    const body = shopifyOrder({ id: order, email: '' });
    await postHook(house, shopify, { body });
    const { rows } = dataOf(await admin().query('orders.refused'));
    expect((await settle(rows.find(({ externalId }) => externalId === String(order))!.id)).status).toBe(200);
    await age(String(order), 'settled_at', 29);
    await workerPlug.prune!(house.database.sql);
    const left = await kept(String(order));
    expect([left?.state, left?.body?.toString(), left?.reason]).toEqual([state, body, expect.any(String)]);
    await age(String(order), 'settled_at', 31);
    await workerPlug.prune!(house.database.sql);
    expect(await kept(String(order))).toEqual({ state, body: null, reason: null });
    expect(resultOf(await postHook(house, shopify, { body }))).toEqual([200, 'repeated']);
  },
);
