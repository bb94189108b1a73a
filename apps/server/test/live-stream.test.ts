import { createCursorSigner } from '@windlass/live/cursor-signer';
import { until } from '@windlass/testkit/until';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { insertOrders } from '@windlass/testkit/house/insert-orders';
import { type Listener, listenLive } from '@windlass/testkit/house/listen-live';
import { type Bundle, makeBundle } from '@windlass/testkit/house/make-bundle';
import { makePerson, makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { placeOrder } from '@windlass/testkit/house/place-order';
import { runSql } from '@windlass/testkit/house/run-sql';
import { AUTH_SECRET } from '@windlass/testkit/house/settings';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { dataOf, errorOf, openVisitor } from '@windlass/testkit/house/visitor';

let house: House;
let shop: Shop;
let other: Shop;
let bundle: Bundle;
const open: Listener[] = [];

beforeAll(async () => {
  house = await startHouse({ worker: false });
  [shop, other] = await Promise.all([makeShop(house, 'Paper & Signal'), makeShop(house, 'The Other Shop')]);
  bundle = await makeBundle(house, shop);
});
afterAll(() => house.close());
afterEach(() => open.splice(0).forEach((listener) => listener.close()));

async function listen(who: Shop, wish: Parameters<typeof listenLive>[2]): Promise<Listener> {
  const listener = await listenLive(house, who.viewer.visitor, wish);
  open.push(listener);
  return listener;
}

// 87
test('without a session there is no stream', async () => {
  const answer = await openVisitor(() => house.server.url).get('/api/live?topics=orders');
  expect([answer.status, errorOf(answer).code]).toEqual([401, 'SIGN_IN']);
  expect(answer.headers.get('content-type')).toContain('application/json');
});

test('a session that has ended opens no stream', async () => {
  const person = await makePerson(house, shop.id, 'viewer');
  await runSql(house, 'delete from session where user_id = $1', [person.id]);
  expect((await person.visitor.get('/api/live?topics=orders')).status).toBe(401);
});

test.each(['', '?topics=', '?topics=nonsense', '?topics=session,app_user', '?topics=ORDERS', '?topics=*'])(
  'a stream that names no topic (%s) is answered 422 with the topics there are',
  async (query) => {
    const answer = await shop.viewer.visitor.get(`/api/live${query}`);
    expect([answer.status, errorOf(answer).code]).toEqual([422, 'INVALID']);
    expect(errorOf(answer).message).toContain('orders, approvals, deliveries, artwork, customers, operations, jobs');
  },
);

test('the stream is an event stream that nobody stores, and greets with the place it begins at', async () => {
  const listener = await listen(shop, { topics: 'orders,nonsense' });
  expect(listener.headers.get('content-type')).toBe('text/event-stream');
  expect(listener.headers.get('cache-control')).toBe('no-store, no-transform');
  expect(listener.headers.get('content-encoding')).toBeNull();
  await listener.untilSignal('hello');
  expect(listener.lastId).not.toBe('');
});

test('a listener hears the topics it asked for, as they happen, and no others', async () => {
  const [all, orders] = await Promise.all([
    listen(shop, { topics: 'orders,approvals,deliveries,jobs' }),
    listen(shop, { topics: 'orders' }),
  ]);
  await Promise.all([all.untilSignal('hello'), orders.untilSignal('hello')]);
  const order = await placeOrder(house, shop, { bundles: [bundle] });
  dataOf(await shop.operator.visitor.mutate('approvals.approve', { orderId: order.id }));
  await all.untilEvents(4);
  expect(all.events.map((event) => event.type).toSorted()).toEqual([
    'approval.approved',
    'delivery.queued',
    'job.queued',
    'order.placed',
  ]);
  await orders.untilEvents(1);
  expect(orders.events).toEqual([
    {
      seq: expect.any(Number),
      topic: 'orders',
      subject: order.id,
      type: 'order.placed',
      data: { number: order.number, source: 'api' },
      at: expect.stringMatching(/Z$/),
    },
  ]);
});

// 90
test('nothing of another shop is heard, neither live nor replayed, not even with that shop’s place', async () => {
  const [mine, theirs] = await Promise.all([
    listen(shop, { topics: 'orders,jobs' }),
    listen(other, { topics: 'orders,jobs' }),
  ]);
  await Promise.all([mine.untilSignal('hello'), theirs.untilSignal('hello')]);
  const theirPlace = theirs.lastId;
  const secret = await placeOrder(house, other);
  await theirs.untilEvents(1);
  const own = await placeOrder(house, shop);
  await mine.untilEvents(1);
  const replayed = await listen(shop, { topics: 'orders,jobs', lastEventId: theirPlace });
  await replayed.untilEvents(1);
  await replayed.untilSignal('hello');
  for (const listener of [mine, replayed]) {
    expect(listener.events.map((event) => event.subject)).toEqual([own.id]);
    expect(JSON.stringify(listener.events)).not.toContain(secret.id);
  }
});

const places = createCursorSigner(AUTH_SECRET);
test.each([
  ['nonsense', () => 'nonsense'],
  ['a number', () => '1'],
  ['one of yesterday', (place: string) => places.format({ ...places.parse(place)!, at: Date.now() - 90_000_000 })],
  ['one moved back by hand', (place: string) => place.replace(/^\d+:\d+:/, '1:1:')],
])('a place that cannot be found again (%s) starts afresh and replays nothing', async (_what, change) => {
  const before = await listen(shop, { topics: 'orders' });
  await before.untilSignal('hello');
  await placeOrder(house, shop);
  const listener = await listen(shop, { topics: 'orders', lastEventId: change(before.lastId) });
  await listener.untilSignal('reset');
  expect(listener.events).toEqual([]);
});

type Recorded = { seq: number };
const recorded = async (since: number) =>
  (
    await runSql<Recorded>(
      house,
      `select seq::int from event where shop_id = $1 and topic in ('orders', 'approvals', 'jobs') and seq > $2
        order by seq`,
      [shop.id, since],
    )
  ).map((row) => row.seq);
const newestSeq = async () =>
  (await runSql<Recorded>(house, 'select coalesce(max(seq), 0)::int as seq from event'))[0]!.seq;

test('a listener that comes back with its place after each restart of the house hears every event once', async () => {
  const topics = 'orders,approvals,jobs';
  const since = await newestSeq();
  const heard: number[] = [];
  let listener = await listen(shop, { topics });
  await listener.untilSignal('hello');
  for (let restart = 0; restart < 4; restart += 1) {
    const order = await placeOrder(house, shop, { bundles: [bundle] });
    dataOf(await shop.operator.visitor.mutate('approvals.approve', { orderId: order.id }));
    await listener.untilEvents(1); // it is cut off somewhere in the midst of them
    await house.restart(async () => void (await insertOrders(house, shop.id, [{}, {}, {}])));
    await until('the old stream to end', () => listener.ended);
    heard.push(...listener.events.map((event) => event.seq));
    listener = await listen(shop, { topics, lastEventId: listener.lastId, byQuery: restart % 2 === 1 });
    await listener.untilSignal('hello');
  }
  const last = await placeOrder(house, shop);
  await until('the last order', () => listener.events.some((event) => event.subject === last.id));
  heard.push(...listener.events.map((event) => event.seq));
  expect(heard).toHaveLength(new Set(heard).size);
  expect(heard.toSorted((a, b) => a - b)).toEqual(await recorded(since));
});

test('open streams do not hold up a stop', async () => {
  const listeners = await Promise.all(Array.from({ length: 3 }, () => listen(shop, { topics: 'orders' })));
  await house.restart(); // does not return before they have ended
  await until('all streams to end', () => listeners.every((listener) => listener.ended));
});

// 89
test('a fourth stream of one session is answered 429 with when to come back; the oldest three go on, and one that ends makes room', async () => {
  const person = await makePerson(house, shop.id, 'viewer');
  const ask = () => person.visitor.get('/api/live?topics=orders');
  const three: Listener[] = [];
  for (let i = 0; i < 3; i++) three.push(await listenLive(house, person.visitor, { topics: 'orders' }));
  open.push(...three);
  await Promise.all(three.map((listener) => listener.untilSignal('hello')));

  const fourth = await ask();
  expect([fourth.status, errorOf(fourth).code, fourth.headers.get('retry-after')]).toEqual([
    429,
    'TOO_MANY_STREAMS',
    '5',
  ]);
  await placeOrder(house, shop);
  await Promise.all(three.map((listener) => listener.untilEvents(1)));
  expect(three.map(({ ended }) => ended)).toEqual([false, false, false]);

  three[0]!.close();
  open.push(
    await until('a seat for a new stream', () =>
      listenLive(house, person.visitor, { topics: 'orders' }).catch(() => undefined),
    ),
  );
});
