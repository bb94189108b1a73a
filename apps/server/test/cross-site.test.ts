import { afterAll, beforeAll, expect, test } from 'vitest';
import { appRouter } from '../src/app-router.ts';
import { listProcedures } from './setup/list-procedures.ts';
import { makeBundle } from '@windlass/testkit/house/make-bundle';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { type PlacedOrder, placeOrder } from '@windlass/testkit/house/place-order';
import { readTraces } from '@windlass/testkit/house/read-traces';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { errorOf } from '@windlass/testkit/house/visitor';

let house: House;
let shop: Shop;
let order: PlacedOrder;

beforeAll(async () => {
  house = await startHouse({ worker: false });
  shop = await makeShop(house, 'Paper & Signal');
  order = await placeOrder(house, shop, { bundles: [await makeBundle(house, shop)] });
});
afterAll(() => house.close());

const stillWaits = async () =>
  expect(await readTraces(house.database.sql, order.id)).toMatchObject({ status: 'waiting', version: 1 });

const paths = () =>
  [
    ['/api/trpc/approvals.approve', { orderId: order.id }],
    ['/api/sign-in', { email: shop.admin.email, password: shop.admin.password }],
    ['/api/sign-out', {}],
  ] as const;

test.each<[string, Record<string, string>]>([
  ['another site’s Origin', { origin: 'https://evil.test' }],
  ['an Origin of null', { origin: 'null' }],
  ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
  ['a request the browser calls cross-site', { 'sec-fetch-site': 'cross-site' }],
  ['a request the browser calls same-site', { 'sec-fetch-site': 'same-site' }],
  ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
  ['a form with files', { 'content-type': 'multipart/form-data; boundary=x' }],
  ['text, as a form can send it', { 'content-type': 'text/plain' }],
  ['no content type', { 'content-type': '' }],
])('%s changes nothing, though the cookie comes along', async (_what, headers) => {
  for (const [path, body] of paths()) {
    const answer = await shop.operator.visitor.post(path, body, headers);
    expect([path, answer.status, errorOf(answer).code]).toEqual([path, 403, 'CROSS_SITE']);
    expect(answer.headers.getSetCookie()).toEqual([]);
  }
  await stillWaits();
});

test('our own page may: same origin, or typed by hand', async () => {
  const ours: Record<string, string>[] = [
    { origin: house.server.url, 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'none' },
  ];
  for (const headers of ours) {
    const answer = await shop.viewer.visitor.post(
      '/api/sign-in',
      { email: shop.viewer.email, password: shop.viewer.password },
      headers,
    );
    expect(answer.status).toBe(200);
  }
});

test('no answer invites another site to read it', async () => {
  const { visitor } = shop.operator;
  const preflight = await fetch(`${house.server.url}/api/trpc/approvals.approve`, {
    method: 'OPTIONS',
    headers: {
      origin: 'https://evil.test',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    },
  });
  await preflight.text();
  const read = await visitor.get('/api/trpc/orders.counts', { origin: 'https://evil.test' });
  for (const headers of [preflight.headers, read.headers]) {
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  }
  expect(preflight.status).toBeGreaterThanOrEqual(400);
});

const proceduresOf = (type: string) =>
  listProcedures(appRouter)
    .filter((procedure) => procedure.type === type)
    .map(({ name }) => name);

test.each(proceduresOf('mutation'))('GET does not carry out %s', async (name) => {
  const input = encodeURIComponent(
    JSON.stringify({ orderId: order.id, id: order.id, linkId: order.id, name: 'x', role: 'viewer' }),
  );
  const answer = await shop.admin.visitor.get(`/api/trpc/${name}?input=${input}`);
  expect(answer.status).toBe(405);
  await stillWaits();
});

test.each(proceduresOf('query'))('POST does not ask %s: what is asked can be cached and repeated', async (name) => {
  expect((await shop.admin.visitor.post(`/api/trpc/${name}`, {})).status).toBe(405);
});

test.each(['PUT', 'PATCH', 'DELETE'])('%s carries out nothing', async (method) => {
  const answer = await fetch(`${house.server.url}/api/trpc/approvals.approve`, {
    method,
    headers: { cookie: shop.operator.visitor.cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ orderId: order.id }),
  });
  await answer.text();
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  await stillWaits();
});

test.each(['/api/sign-in', '/api/sign-out', '/api/v1/orders'])('GET %s does nothing', async (path) => {
  const answer = await shop.operator.visitor.get(path);
  expect([404, 401]).toContain(answer.status);
  expect(answer.headers.getSetCookie()).toEqual([]);
  expect((await shop.operator.visitor.query('orders.counts')).status).toBe(200);
});
