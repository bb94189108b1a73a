import { randomUUID } from 'node:crypto';
import { until } from '@windlass/testkit/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeBundle } from '@windlass/testkit/house/make-bundle';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { orderBody, placeOrder, postOrder } from '@windlass/testkit/house/place-order';
import { runSql } from '@windlass/testkit/house/run-sql';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { dataOf, errorOf } from '@windlass/testkit/house/visitor';

let house: House;
let shop: Shop;

beforeAll(async () => {
  house = await startHouse();
  shop = await makeShop(house, 'Paper & Signal');
});
afterAll(() => house.close());

const operator = () => shop.operator.visitor;
const orderOf = async (id: string) => dataOf(await operator().query('orders.get', { id }));

// 5
test('an order whose bundles have no file yet is refused with what to do, and stays as it was', async () => {
  const announced = await makeBundle(house, shop, { ready: false });
  const { id } = await placeOrder(house, shop, { bundles: [announced] });
  const answer = await operator().mutate('approvals.approve', { orderId: id });
  expect([answer.status, answer.error?.code]).toEqual([422, 'NOTHING_TO_DELIVER']);
  expect(answer.error!.message).toMatch(/file/);
  expect(await orderOf(id)).toMatchObject({ status: 'waiting', version: 1, deliveries: [] });
});

test('an order with one file of two is sent, and lists the other without a link', async () => {
  const bundles = [
    await makeBundle(house, shop, { name: 'Here' }),
    await makeBundle(house, shop, { name: 'Still to come', ready: false }),
  ];
  const { id } = await placeOrder(house, shop, { bundles });
  dataOf(await operator().mutate('approvals.approve', { orderId: id }));
  const order = await until('the mail', async () => {
    const now = await orderOf(id);
    return now.deliveries[0]?.state === 'accepted' && now;
  });
  expect(order.links.map(({ bundleName }) => bundleName)).toEqual(['Here']);
  const { text } = dataOf(await operator().query('deliveries.preview', { id: order.deliveries[0]!.id }));
  expect(text).toMatch(/Still to come\nThis file is not ready yet/);
});

// 9
test('a key whose first request is still at work is answered 409 with Retry-After, and afterwards with the first answer', async () => {
  const key = randomUUID();
  const body = orderBody();
  const holder = await house.database.pool.connect();
  try {
    await holder.query('begin');
    await holder.query('insert into idempotency_key (scope, key, request_hash) values ($1, $2, $3)', [
      shop.apiKeyId,
      key,
      Buffer.from('x'),
    ]);
    const answer = await postOrder(house, shop.apiKey, { body, headers: { 'idempotency-key': key } });
    expect([answer.status, errorOf(answer).code, answer.headers.get('retry-after')]).toEqual([
      409,
      'KEY_IN_PROGRESS',
      '1',
    ]);
  } finally {
    await holder.query('rollback');
    holder.release();
  }
  expect((await postOrder(house, shop.apiKey, { body, headers: { 'idempotency-key': key } })).status).toBe(201);
});

// 98
test.each(['Ada\r\nBcc: x@y.test', 'Ada\nEve', 'Ada\rEve', 'Ada\u2028Eve', 'Ada\u0085Eve', 'Ada\tEve'])(
  'the name %j is refused with 422 in every form that takes a name',
  async (name) => {
    const person = await shop.admin.visitor.mutate('operations.invitePerson', {
      name,
      email: `${randomUUID()}@people.test`,
      role: 'viewer',
    });
    const key = await shop.admin.visitor.mutate('operations.addApiKey', { name });
    const source = await shop.admin.visitor.mutate('orders.addSource', { system: 'woocommerce', name });
    for (const answer of [person, key, source])
      expect([answer.status, answer.error?.code, answer.error?.fields]).toEqual([
        422,
        'INVALID',
        { name: expect.any(String) },
      ]);
    const order = await postOrder(house, shop.apiKey, { body: orderBody({ name }) });
    expect([order.status, errorOf(order).fields]).toEqual([422, { 'customer.name': expect.any(String) }]);
  },
);

// 99
test.each([
  'a@b.com, c@d.com',
  '"x y"@z.test',
  'a@b(c).com',
  'ada@\u0435xample.com',
  'ada@example.com\r\nBcc: eve@evil.test',
])('the address %j is answered 422 ONE_PLAIN_ADDRESS in every form that takes one', async (email) => {
  const { id } = await placeOrder(house, shop);
  const answers = [
    await operator().mutate('orders.correctEmail', { id, email }),
    await shop.admin.visitor.mutate('operations.invitePerson', { name: 'Ada', email, role: 'viewer' }),
  ];
  for (const answer of answers)
    expect([answer.status, answer.error?.code, answer.error?.fields]).toEqual([
      422,
      'ONE_PLAIN_ADDRESS',
      { email: expect.any(String) },
    ]);
  expect(await orderOf(id)).toMatchObject({ version: 1 });
});

// 102
test('an address corrected from a stale form is answered 409 with what it is now, and by whom', async () => {
  const { id } = await placeOrder(house, shop);
  dataOf(await operator().mutate('orders.correctEmail', { id, email: 'first@example.com', version: 1 }));
  const stale = await operator().mutate('orders.correctEmail', { id, email: 'second@example.com', version: 1 });
  expect([stale.status, stale.error?.code, stale.error?.fields]).toEqual([
    409,
    'STALE',
    { email: 'Now: first@example.com' },
  ]);
  expect(stale.error!.message).toContain(`corrected by ${shop.operator.name}`);
  expect(await orderOf(id)).toMatchObject({ customerEmail: 'first@example.com', version: 2 });
});

test('a decision from a stale screen is answered 409 with what changed since, and nothing before it', async () => {
  const { id } = await placeOrder(house, shop, { bundles: [await makeBundle(house, shop)] });
  dataOf(await operator().mutate('orders.correctEmail', { id, email: 'first@example.com' }));
  dataOf(await shop.admin.visitor.mutate('orders.correctEmail', { id, email: 'second@example.com' }));
  for (const decision of ['approvals.approve', 'approvals.reject'] as const) {
    const stale = await operator().mutate(decision, { orderId: id, version: 2 });
    expect([stale.status, stale.error?.code, stale.error?.fields]).toEqual([
      409,
      'STALE',
      { version: 'It is at version 3; you saw 2.' },
    ]);
    expect(stale.error!.message).toMatch(
      new RegExp(`changed since you opened it: e-mail address corrected by ${shop.admin.name}\\. Look again`),
    );
  }
  expect(await orderOf(id)).toMatchObject({ status: 'waiting', version: 3 });
});

// 104
test.each([
  ['an emoji of several code points', '👩‍🎨 Ada'],
  ['right to left', '\u05d0\u05d1 \u202e'],
  ['zero width', 'A\u200bda\u200d'],
  ['a combining accent, which becomes one letter', 'Zoe\u0308'],
])('a name with %s is kept, in NFC', async (_what, name) => {
  const { id } = await placeOrder(house, shop, { name });
  expect((await orderOf(id)).customerName).toBe(name.normalize('NFC'));
  const [row] = await runSql(
    house,
    'select customer_name = normalize(customer_name, nfc) as normal from customer_order where id = $1',
    [id],
  );
  expect(row).toEqual({ normal: true });
});
