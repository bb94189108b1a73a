import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bundle, makeBundle } from '@windlass/testkit/house/make-bundle';
import { makePicture } from '@windlass/testkit/house/make-picture';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { addSource, postHook, shopifyOrder, type TestSource, wooOrder } from '@windlass/testkit/house/post-hook';
import { runSql } from '@windlass/testkit/house/run-sql';
import { sendArtwork } from '@windlass/testkit/house/send-artwork';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { dataOf } from '@windlass/testkit/house/visitor';

let house: House;
let shop: Shop;
let bundle: Bundle;
let shopify: TestSource;
let woo: TestSource;

beforeAll(async () => {
  house = await startHouse({ worker: false });
  shop = await makeShop(house, 'Paper & Signal');
  bundle = await makeBundle(house, shop);
  shopify = await addSource(shop, 'shopify');
  woo = await addSource(shop, 'woocommerce');
});
afterAll(() => house.close());

const visitor = () => shop.operator.visitor;
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const ownLine = () => ({ sku: bundle.sku, name: 'Icons', quantity: 1, price: '12.00' });
const otherLine = { sku: 'MUG', name: 'Mug', quantity: 2, price: '5.00' };
const post = async (source: TestSource, body: string, topic: string) =>
  (JSON.parse((await postHook(house, source, { body, topic })).text) as { result: string }).result;

/** An order of Shopify's as it was placed an hour ago, and messages about it. */
function makeOrder(change: Record<string, unknown> = {}) {
  const first = {
    id: Math.floor(Math.random() * 1e15),
    email: `${randomUUID()}@changes.test`,
    created_at: minutesAgo(60),
    updated_at: minutesAgo(60),
    line_items: [ownLine(), otherLine],
    ...change,
  };
  const get = async () => {
    const { rows } = dataOf(await visitor().query('orders.list', { search: first.email }));
    expect(rows).toHaveLength(1);
    return dataOf(await visitor().query('orders.get', { id: rows[0]!.id }));
  };
  const send = (topic: string, later: Record<string, unknown> = {}) =>
    post(shopify, shopifyOrder({ ...first, ...later }), topic);
  return { first, get, send };
}
const linesOf = (order: { lines: { sku: string; quantity: number }[] }) =>
  order.lines.map(({ sku, quantity }) => [sku, quantity]);
const changesOf = (order: { timeline: { type: string; data: Record<string, unknown> }[] }) =>
  order.timeline.filter(({ type }) => type === 'order.changed-by-shop').map(({ data }) => data);

test('a waiting order that its shop cancels waits with that said, and is not approved without it', async () => {
  const { get, send } = makeOrder();
  expect(await send('orders/create')).toBe('taken');
  expect(await send('orders/cancelled', { updated_at: minutesAgo(50), cancelled_at: minutesAgo(50) })).toBe('changed');
  const order = await get();
  expect(order).toMatchObject({
    status: 'waiting',
    version: 2,
    concerns: ['cancelled'],
    shopCancelledAt: expect.any(String),
  });
  expect(changesOf(order)).toEqual([{ cancelled: true, status: 'waiting' }]);
  expect((await visitor().mutate('approvals.approve', { orderId: order.id })).error?.code).toBe('NOT_CONFIRMED');
});

test('messages without a time of change count as they come, and a cancelled one without a day is cancelled', async () => {
  const { get, send } = makeOrder({ updated_at: undefined });
  await send('orders/create');
  expect(await send('orders/cancelled')).toBe('changed');
  expect(await send('orders/updated', { note: 'overtaken' })).toBe('repeated');
  expect(await get()).toMatchObject({ concerns: ['cancelled'] });
});

test('lines edited, removed and added over there change a waiting order, and only there where something changed', async () => {
  const { get, send } = makeOrder();
  await send('orders/create');
  const before = await get();
  expect(await send('orders/updated', { updated_at: minutesAgo(50), tags: 'seen' })).toBe('repeated');
  const line_items = [
    { ...otherLine, current_quantity: 1 },
    { ...ownLine(), current_quantity: 0 },
    { sku: 'TEX-KRAFT', name: 'Kraft', quantity: 1, price: '3.00' },
  ];
  expect(await send('orders/edited', { updated_at: minutesAgo(40), line_items })).toBe('changed');
  const order = await get();
  expect([linesOf(order), order.total.minor, order.lineCount, order.version]).toEqual([
    [
      ['MUG', 1],
      ['TEX-KRAFT', 1],
    ],
    800,
    2,
    2,
  ]);
  expect(order.lines[0]!.id).toBe(before.lines[1]!.id);
  expect(
    await send('orders/updated', { updated_at: minutesAgo(30), line_items: [...line_items.slice(0, 1), ownLine()] }),
  ).toBe('changed');
  expect((await get()).lines.find(({ sku }) => sku === bundle.sku)!.bundle).toMatchObject({ id: bundle.id });
  expect(changesOf(await get())).toHaveLength(2);
});

test('an order of which nothing is left has nothing to deliver', async () => {
  const { get, send } = makeOrder({ line_items: [ownLine()] });
  await send('orders/create');
  expect(
    await send('orders/updated', {
      updated_at: minutesAgo(50),
      financial_status: 'refunded',
      line_items: [{ ...ownLine(), current_quantity: 0 }],
    }),
  ).toBe('changed');
  const order = await get();
  expect([order.lines, order.total.minor, order.concerns]).toEqual([[], 0, ['refunded']]);
  expect((await visitor().mutate('approvals.approve', { orderId: order.id, despite: ['refunded'] })).error?.code).toBe(
    'NOTHING_TO_DELIVER',
  );
});

test('a line with a customer’s artwork stays when it is taken off, with nothing to deliver', async () => {
  const { get, send } = makeOrder();
  await send('orders/create');
  const [line] = (await get()).lines;
  await sendArtwork(house, visitor(), { orderId: (await get()).id, lineId: line!.id, bytes: await makePicture() });
  await send('orders/updated', { updated_at: minutesAgo(50), line_items: [otherLine] });
  expect((await get()).lines).toMatchObject([
    { sku: 'MUG', quantity: 2 },
    { id: line!.id, quantity: 0, bundle: null },
  ]);
});

test('a decided order keeps its lines and its decision, and is marked: once, however often the shop says it', async () => {
  const { get, send } = makeOrder();
  await send('orders/create');
  const { id } = await get();
  dataOf(await visitor().mutate('approvals.approve', { orderId: id }));
  const later = { cancelled_at: minutesAgo(50), financial_status: 'refunded', line_items: [otherLine] };
  expect(await send('orders/cancelled', { ...later, updated_at: minutesAgo(50) })).toBe('changed');
  expect(await send('orders/updated', { ...later, updated_at: minutesAgo(49) })).toBe('repeated');
  const order = await get();
  expect(order).toMatchObject({
    status: 'approved',
    concerns: ['cancelled', 'refunded'],
    shopCancelledAt: expect.any(String),
  });
  expect(linesOf(order)).toEqual([
    [bundle.sku, 1],
    ['MUG', 2],
  ]);
  expect(changesOf(order)).toEqual([
    { payment: 'refunded', cancelled: true, lines: expect.any(String), status: 'approved' },
  ]);
});

test('a message that was overtaken changes nothing, and neither does one that came before', async () => {
  const { get, send } = makeOrder({ financial_status: 'pending' });
  await send('orders/create');
  expect(await send('orders/paid', { updated_at: minutesAgo(40), financial_status: 'paid' })).toBe('changed');
  expect(await send('orders/updated', { updated_at: minutesAgo(50), financial_status: 'authorized' })).toBe('repeated');
  expect(await send('orders/updated', { updated_at: minutesAgo(30), financial_status: 'refunded' })).toBe('changed');
  expect(await send('orders/paid', { updated_at: minutesAgo(40), financial_status: 'paid' })).toBe('repeated');
  expect(await get()).toMatchObject({ paymentStatus: 'refunded', concerns: ['refunded'] });
});

test('what is said first of an order may be that it was cancelled: it is taken so, and its own first message changes nothing', async () => {
  const { get, send } = makeOrder();
  expect(await send('orders/cancelled', { updated_at: minutesAgo(50), cancelled_at: minutesAgo(50) })).toBe('taken');
  expect(await send('orders/create')).toBe('repeated');
  expect(await get()).toMatchObject({ concerns: ['cancelled'] });
});

test('thirty messages about one order at once make one order, as the newest of them says', async () => {
  const { get, send } = makeOrder();
  const results = await Promise.all(
    Array.from({ length: 30 }, (_, i) =>
      send(i === 7 ? 'orders/create' : 'orders/updated', {
        updated_at: minutesAgo(50 - i),
        financial_status: i === 29 ? 'voided' : 'paid',
      }),
    ),
  );
  expect(results.filter((result) => result === 'taken')).toHaveLength(1);
  expect(await get()).toMatchObject({ paymentStatus: 'voided' });
});

test('an order refunded in part, and one deleted over there, are marked; an unknown one is ignored', async () => {
  const { first, get, send } = makeOrder();
  await send('orders/create');
  expect(await post(shopify, JSON.stringify({ id: 1, order_id: first.id, transactions: [] }), 'refunds/create')).toBe(
    'changed',
  );
  expect(await get()).toMatchObject({ paymentStatus: 'partly_refunded', concerns: [] });
  expect(await post(shopify, JSON.stringify({ id: first.id }), 'orders/delete')).toBe('changed');
  expect(await get()).toMatchObject({ concerns: ['cancelled'] });
  for (const body of [JSON.stringify({ id: 5 }), '{}', 'null', 'x'])
    expect(await post(shopify, body, 'orders/delete')).toBe('ignored');
});

test('a change whose lines cannot be read is told with its reason, and the rest of it counts', async () => {
  const { get, send } = makeOrder();
  await send('orders/create');
  expect(
    await send('orders/updated', {
      updated_at: minutesAgo(50),
      financial_status: 'refunded',
      line_items: [{ ...otherLine, price: '1e3' }],
    }),
  ).toBe('changed');
  const order = await get();
  expect(changesOf(order)).toEqual([
    { payment: 'refunded', unread: expect.stringContaining('line 1'), status: 'waiting' },
  ]);
  expect(linesOf(order)).toEqual([
    [bundle.sku, 1],
    ['MUG', 2],
  ]);
});

test('an order that a person gave an address changes with its shop, which has none', async () => {
  const { first, get, send } = makeOrder();
  expect(await send('orders/create', { email: null })).toBe('refused');
  const { rows } = dataOf(await visitor().query('orders.refused'));
  dataOf(
    await visitor().mutate('orders.takeAgain', {
      id: rows.find(({ externalId }) => externalId === String(first.id))!.id,
      email: first.email,
    }),
  );
  expect(await send('orders/updated', { email: null, updated_at: minutesAgo(50), line_items: [ownLine()] })).toBe(
    'changed',
  );
  expect(await get()).toMatchObject({ customerEmail: first.email, lines: [{ sku: bundle.sku }] });
});

test('a WooCommerce order is cancelled, and comes back', async () => {
  const id = Math.floor(Math.random() * 1e15);
  const email = `${randomUUID()}@changes.test`;
  const send = (topic: string, change: Record<string, unknown>) =>
    post(woo, wooOrder({ id, billing: { first_name: 'Ada', email }, ...change }), topic);
  const row = async () => dataOf(await visitor().query('orders.list', { search: email })).rows[0];
  expect(await send('order.created', { status: 'pending', date_modified_gmt: minutesAgo(50).slice(0, 19) })).toBe(
    'taken',
  );
  expect(
    await send('order.updated', {
      status: 'cancelled',
      date_paid: null,
      date_modified_gmt: minutesAgo(40).slice(0, 19),
    }),
  ).toBe('changed');
  expect(await row()).toMatchObject({ concerns: ['cancelled', 'unpaid'] });
  expect(await send('order.updated', { status: 'processing', date_modified_gmt: minutesAgo(30).slice(0, 19) })).toBe(
    'changed',
  );
  expect(await row()).toMatchObject({ paymentStatus: 'paid', concerns: [] });
});

test('a second test notification, which is the same order, is told on its timeline and at its source', async () => {
  const source = await addSource(shop, 'shopify');
  const body = shopifyOrder({ id: 820_982_911_946, email: `${randomUUID()}@changes.test`, test: true });
  expect(JSON.parse((await postHook(house, source, { body })).text)).toEqual({ result: 'taken' });
  await runSql(house, `update order_source set last_received_at = now() - interval '1 hour' where id = $1`, [
    source.id,
  ]);
  expect(JSON.parse((await postHook(house, source, { body })).text)).toEqual({ result: 'repeated' });
  const [row] = await runSql<{ orderId: string; recent: boolean }>(
    house,
    `select o.order_id as "orderId", s.last_received_at > now() - interval '1 minute' as recent
    from source_order o join order_source s on s.id = o.source_id where s.id = $1`,
    [source.id],
  );
  expect(row!.recent).toBe(true);
  const { timeline, concerns } = dataOf(await visitor().query('orders.get', { id: row!.orderId }));
  expect([concerns, timeline.map(({ type }) => type)]).toEqual([['test'], ['order.placed', 'order.test-again']]);
});
