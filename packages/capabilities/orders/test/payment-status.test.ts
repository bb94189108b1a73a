import { randomUUID } from 'node:crypto';
import { until } from '@windlass/testkit/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bundle, makeBundle } from '@windlass/testkit/house/make-bundle';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { orderBody, postOrder } from '@windlass/testkit/house/place-order';
import { addSource, postHook, shopifyOrder, type TestSource, wooOrder } from '@windlass/testkit/house/post-hook';
import { readTraces } from '@windlass/testkit/house/read-traces';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { dataOf } from '@windlass/testkit/house/visitor';

let house: House;
let shop: Shop;
let bundle: Bundle;
let sources: { shopify: TestSource; woocommerce: TestSource };

beforeAll(async () => {
  house = await startHouse();
  shop = await makeShop(house, 'Paper & Signal');
  bundle = await makeBundle(house, shop);
  sources = { shopify: await addSource(shop, 'shopify'), woocommerce: await addSource(shop, 'woocommerce') };
});
afterAll(() => house.close());

const visitor = () => shop.operator.visitor;
const getOrder = async (id: string) => dataOf(await visitor().query('orders.get', { id }));
const approve = (input: object) => visitor().mutate('approvals.approve', input);

/** The id of an order that came by webhook, of one line with a bundle. */
async function takeOrder(system: 'shopify' | 'woocommerce', change: Record<string, unknown> = {}): Promise<string> {
  const email = `${randomUUID()}@payments.test`;
  const line = { sku: bundle.sku, name: bundle.name, quantity: 1 };
  const body =
    system === 'shopify'
      ? shopifyOrder({ email, line_items: [{ ...line, price: '12.00' }], ...change })
      : wooOrder({
          billing: { first_name: 'Ada', last_name: 'Example', email },
          line_items: [{ ...line, total: '12.00', total_tax: '0.00' }],
          ...change,
        });
  expect((await postHook(house, sources[system], { body })).text).toBe('{"result":"taken"}');
  const { rows } = dataOf(await visitor().query('orders.list', { search: email }));
  return rows[0]!.id;
}

const said: ['shopify' | 'woocommerce', Record<string, unknown>, string | null, string[]][] = [
  ['shopify', { financial_status: 'paid' }, 'paid', []],
  ['shopify', { financial_status: 'partially_refunded' }, 'partly_refunded', []],
  ['shopify', { financial_status: null }, null, []],
  ['shopify', { financial_status: 'constructor' }, null, []],
  ['shopify', { financial_status: 'pending' }, 'unpaid', ['unpaid']],
  ['shopify', { financial_status: 'partially_paid' }, 'unpaid', ['unpaid']],
  ['shopify', { financial_status: 'authorized' }, 'authorised', ['authorised']],
  ['shopify', { financial_status: 'refunded' }, 'refunded', ['refunded']],
  ['shopify', { financial_status: 'voided' }, 'voided', ['voided']],
  ['shopify', { financial_status: 'paid', test: true }, 'paid', ['test']],
  [
    'shopify',
    { financial_status: 'pending', test: true, cancelled_at: '2026-11-22T14:03:00-05:00' },
    'unpaid',
    ['cancelled', 'unpaid', 'test'],
  ],
  ['woocommerce', { status: 'processing' }, 'paid', []],
  ['woocommerce', { status: 'completed', refunds: [{ id: 1, total: '-2.00' }] }, 'partly_refunded', []],
  ['woocommerce', { status: 'packing', date_paid: undefined }, null, []],
  ['woocommerce', { status: 'packing', date_paid: null }, 'unpaid', ['unpaid']],
  ['woocommerce', { status: 'processing', date_paid: null, payment_method: 'cod' }, 'unpaid', ['unpaid']],
  ['woocommerce', { status: 'pending' }, 'unpaid', ['unpaid']],
  ['woocommerce', { status: 'on-hold' }, 'unpaid', ['unpaid']],
  ['woocommerce', { status: 'failed' }, 'unpaid', ['unpaid']],
  ['woocommerce', { status: 'refunded' }, 'refunded', ['refunded']],
  ['woocommerce', { status: 'cancelled' }, 'paid', ['cancelled']],
  ['woocommerce', { status: 'checkout-draft' }, 'unpaid', ['unpaid', 'draft']],
];

test.each(said)(
  '%s saying %j: the order is %s, and what stands against it is %j',
  async (system, change, paymentStatus, concerns) => {
    const orderId = await takeOrder(system, change);
    expect(await getOrder(orderId)).toMatchObject({ status: 'waiting', paymentStatus, concerns });
    const first = await approve({ orderId });
    if (concerns.length === 0) {
      expect(dataOf(first).alreadyDone).toBe(false);
      return;
    }
    expect([first.status, first.error?.code, first.error?.fields]).toEqual([
      409,
      'NOT_CONFIRMED',
      { despite: concerns.join(', ') },
    ]);
    expect(await readTraces(house.database.sql, orderId)).toMatchObject({
      status: 'waiting',
      version: 1,
      deliveries: [],
    });
    if (concerns.length > 1)
      expect((await approve({ orderId, despite: concerns.slice(1) })).error?.code).toBe('NOT_CONFIRMED');
    expect(dataOf(await approve({ orderId, despite: concerns })).alreadyDone).toBe(false);
    const { timeline } = await getOrder(orderId);
    expect(timeline.find(({ type }) => type === 'approval.approved')!.data).toMatchObject({ despite: concerns });
  },
);

test('a batch leaves out what its shop says something against, and says how many and why', async () => {
  const good = await Promise.all([
    takeOrder('shopify'),
    takeOrder('woocommerce'),
    takeOrder('shopify', { financial_status: null }),
  ]);
  const bad = await Promise.all(
    said.filter(([, , , concerns]) => concerns.length > 0).map(([system, change]) => takeOrder(system, change)),
  );
  const { id } = dataOf(
    await visitor().mutate('approvals.approveMany', { orderIds: [...good, ...bad], requestKey: randomUUID() }),
  );
  const batch = await until('the batch to end', async () => {
    const now = dataOf(await visitor().query('approvals.batch', { batchId: id }));
    return now.state !== 'running' && now;
  });
  expect(batch).toMatchObject({ state: 'partial', done: good.length, refused: bad.length });
  expect(Object.fromEntries(batch.refusals.map(({ code, count }) => [code, count]))).toEqual({
    UNPAID: 8,
    AUTHORISED: 1,
    REFUNDED: 2,
    VOIDED: 1,
    CANCELLED: 2,
    TEST: 1,
  });
  expect(batch.refusals.find(({ code }) => code === 'UNPAID')!.sentence).toBe(
    'These orders are not paid. Approve each by itself if you want it sent all the same.',
  );
  for (const orderId of bad) expect((await getOrder(orderId)).status).toBe('waiting');
});

test('an order through the API may say how it is paid', async () => {
  const send = (paymentStatus?: string) =>
    postOrder(house, shop.apiKey, {
      body: { ...orderBody({ bundles: [bundle] }), ...(paymentStatus && { paymentStatus }) },
    });
  const idOf = (answer: { text: string }) => (JSON.parse(answer.text) as { id: string }).id;
  expect(await getOrder(idOf(await send()))).toMatchObject({ paymentStatus: null, concerns: [] });
  expect(await getOrder(idOf(await send('authorised')))).toMatchObject({
    paymentStatus: 'authorised',
    concerns: ['authorised'],
  });
  expect((await send('maybe')).status).toBe(422);
});

test('what a person saw is not what they choose when the order changed since', async () => {
  const id = Math.floor(Math.random() * 1e15);
  const orderId = await takeOrder('shopify', { id, financial_status: 'pending', updated_at: '2026-11-20T10:00:00Z' });
  const body = shopifyOrder({
    id,
    financial_status: 'voided',
    updated_at: '2026-11-20T11:00:00Z',
    cancelled_at: '2026-11-20T11:00:00Z',
    line_items: [{ sku: bundle.sku, name: bundle.name, quantity: 1, price: '12.00' }],
  });
  await postHook(house, sources.shopify, { body, topic: 'orders/cancelled' });
  const stale = await approve({ orderId, version: 1, despite: ['unpaid'] });
  expect([stale.status, stale.error?.code]).toEqual([409, 'STALE']);
  expect(stale.error!.message).toContain('changed in the shop');
  expect((await approve({ orderId, despite: ['unpaid'] })).error?.code).toBe('NOT_CONFIRMED');
});
