import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bundle, makeBundle } from '@windlass/testkit/house/make-bundle';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { orderBody, postOrder } from '@windlass/testkit/house/place-order';
import { runSql } from '@windlass/testkit/house/run-sql';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { dataOf, errorOf } from '@windlass/testkit/house/visitor';

let house: House;
let shop: Shop;
let bundle: Bundle;

beforeAll(async () => {
  house = await startHouse({ worker: false });
  shop = await makeShop(house, 'Paper & Signal');
  bundle = await makeBundle(house, shop);
});
afterAll(() => house.close());

const post = (body: unknown, headers?: Record<string, string>) =>
  postOrder(house, shop.apiKey, { body, ...(headers && { headers }) });

type Written = { orders: number; lines: number; events: number; keys: number; audits: number };
const WRITTEN = `select (select count(*)::int from customer_order) as orders,
  (select count(*)::int from order_line) as lines,
  (select count(*)::int from event where topic = 'orders') as events,
    (select count(*)::int from idempotency_key) as keys,
  (select count(*)::int from audit_entry where action = 'orders.receive') as audits`;
const written = async () => (await runSql<Written>(house, WRITTEN))[0]!;

test('an order is taken with 201, numbered, and waits for approval with its lines joined to their bundles', async () => {
  const answer = await post(orderBody({ bundles: [bundle], reference: 'WEB-1' }));
  expect(answer.status).toBe(201);
  const { id, number } = JSON.parse(answer.text) as { id: string; number: number };
  expect(JSON.parse(answer.text)).toEqual({
    id: expect.stringMatching(/^ord_/),
    number: expect.any(Number),
    status: 'waiting',
  });
  const order = dataOf(await shop.viewer.visitor.query('orders.get', { id }));
  expect(order).toMatchObject({
    number,
    stage: 'waiting',
    reference: 'WEB-1',
    total: { minor: 1999, currency: 'EUR' },
  });
  expect(order.lines).toMatchObject([{ sku: bundle.sku, bundle: { id: bundle.id, ready: true } }]);
  expect(order.timeline.map((event) => event.type)).toEqual(['order.placed']);
});

test('the same key with the same body gets the first answer again and makes no second order', async () => {
  const body = orderBody();
  const headers = { 'idempotency-key': randomUUID() };
  const first = await post(body, headers);
  const before = await written();
  const second = await post(body, headers);
  expect([second.status, second.text]).toEqual([201, first.text]);
  expect(await written()).toEqual(before);
});

// 7
test('the same key with another body is refused and writes nothing', async () => {
  const headers = { 'idempotency-key': randomUUID() };
  await post(orderBody(), headers);
  const before = await written();
  const answer = await post(orderBody(), headers);
  expect([answer.status, errorOf(answer).code]).toEqual([422, 'KEY_REUSED']);
  expect(await written()).toEqual(before);
});

test('the same key of two machines is two keys', async () => {
  const key = dataOf(await shop.admin.visitor.mutate('operations.addApiKey', { name: 'Second till' }));
  const body = orderBody();
  const headers = { 'idempotency-key': randomUUID() };
  const mine = await post(body, headers);
  const theirs = await postOrder(house, key.secret, { body, headers });
  expect([mine.status, theirs.status]).toEqual([201, 201]);
  expect(theirs.text).not.toBe(mine.text);
});

test('twenty posts of one order at once make one order, and all get the same answer', async () => {
  const body = orderBody();
  const headers = { 'idempotency-key': randomUUID() };
  const before = await written();
  const answers = await Promise.all(Array.from({ length: 20 }, () => post(body, headers)));
  expect(new Set(answers.map((answer) => `${answer.status} ${answer.text}`)).size).toBe(1);
  expect(answers[0]!.status).toBe(201);
  const after = await written();
  expect([after.orders, after.events, after.keys, after.audits]).toEqual([
    before.orders + 1,
    before.events + 1,
    before.keys + 1,
    before.audits + 1,
  ]);
});

// 8
test.each([
  ['no key', '', 'IDEMPOTENCY_KEY_MISSING'],
  ['a key of 300 characters', 'k'.repeat(300), 'BAD_IDEMPOTENCY_KEY'],
  ['a key with a tab', 'shop\t1', 'BAD_IDEMPOTENCY_KEY'],
  ['a key with a space', 'shop 1', 'BAD_IDEMPOTENCY_KEY'],
  ['a key outside ASCII', 'bestellung-\u00e9', 'BAD_IDEMPOTENCY_KEY'],
])('%s is refused with 400 and writes nothing', async (_what, key, code) => {
  const before = await written();
  const answer = await post(orderBody(), { 'idempotency-key': key });
  expect([answer.status, errorOf(answer).code]).toEqual([400, code]);
  expect(await written()).toEqual(before);
});

test.each([
  ['no API key', ''],
  ['a key nobody made', `Bearer wl_${'A'.repeat(43)}`],
  ['a key of another form', 'Bearer wl_short'],
  ['another scheme', 'Basic d2w6d2w='],
])('%s is answered 401 before the body is looked at', async (_what, authorization) => {
  const answer = await post('{ not even JSON', { authorization });
  expect([answer.status, errorOf(answer).code]).toEqual([401, 'API_KEY']);
});

test('a revoked API key is answered 401 at once', async () => {
  const { id, secret } = dataOf(await shop.admin.visitor.mutate('operations.addApiKey', { name: 'Old till' }));
  expect((await postOrder(house, secret, { body: orderBody() })).status).toBe(201);
  dataOf(await shop.admin.visitor.mutate('operations.revokeApiKey', { id }));
  expect((await postOrder(house, secret, { body: orderBody() })).status).toBe(401);
});

const good = orderBody();
const line = good.lines[0]!;

test.each<[string, string, object]>([
  ['an unknown key', 'body', { ...good, coupon: 'X' }],
  ['a status of its own', 'body', { ...good, status: 'approved' }],
  ['an unknown key in a line', 'lines.0', { ...good, lines: [{ ...line, bundleId: 'bnd_1' }] }],
  ['no line', 'lines', { ...good, lines: [] }],
  ['two hundred and one lines', 'lines', { ...good, lines: Array(201).fill(line) }],
  ['no name', 'customer.name', { ...good, customer: { ...good.customer, name: ' ' } }],
  ['a currency nobody pays with', 'currency', { ...good, currency: 'EUT' }],
  ['a currency in small letters', 'currency', { ...good, currency: 'eur' }],
  ['an amount with a fraction', 'lines.0.unitMinor', { ...good, lines: [{ ...line, unitMinor: 19.99 }] }],
  ['an amount as text', 'lines.0.unitMinor', { ...good, lines: [{ ...line, unitMinor: '1e3' }] }],
  ['a negative amount', 'lines.0.unitMinor', { ...good, lines: [{ ...line, unitMinor: -1 }] }],
  ['half a piece', 'lines.0.quantity', { ...good, lines: [{ ...line, quantity: 0.5 }] }],
  [
    'a total beyond exact numbers',
    'lines',
    { ...good, lines: [{ ...line, quantity: 100_000, unitMinor: 1_000_000_000_000 }] },
  ],
  [
    'a total beyond the database',
    'lines',
    { ...good, lines: Array(200).fill({ ...line, quantity: 100_000, unitMinor: 1_000_000_000_000 }) },
  ],
  ['a date that is none', 'placedAt', { ...good, placedAt: '2026-02-31T00:00:00Z' }],
  ['a date in the year 0', 'placedAt', { ...good, placedAt: '0000-01-01T00:00:00Z' }],
  ['a date in the year 9999', 'placedAt', { ...good, placedAt: '9999-12-31T23:59:59Z' }],
  ['a NUL in the name', 'customer.name', { ...good, customer: { ...good.customer, name: 'Ada\u0000' } }],
  [
    'a line break in the name',
    'customer.name',
    { ...good, customer: { ...good.customer, name: 'Ada\r\nBcc: x@y.test' } },
  ],
  ['a NUL in the note', 'note', { ...good, note: 'a\u0000b' }],
  ['half a character in the note', 'note', { ...good, note: 'a\ud800b' }],
  ['half a character in the name', 'customer.name', { ...good, customer: { ...good.customer, name: 'Ada \udc00' } }],
])('%s is answered 422 on its field and nothing is written', async (_what, field, body) => {
  const before = await written();
  const answer = await post(body);
  expect([answer.status, errorOf(answer).code]).toEqual([422, 'INVALID']);
  expect(errorOf(answer).fields).toHaveProperty([field]);
  expect(await written()).toEqual(before);
});

// 6
test.each([
  '',
  'ada',
  'a@b.com, c@d.com',
  '"x y"@z.test',
  'a@b(c).com',
  'ada@\u0435xample.com',
  'ada@example.com\r\nBcc: eve@evil.test',
  'a\u0000@b.com',
])('the e-mail %j is answered 422 on customer.email and nothing is written', async (email) => {
  const before = await written();
  const answer = await post({ ...good, customer: { name: 'Ada', email } });
  expect([answer.status, errorOf(answer).code]).toEqual([422, 'INVALID']);
  expect(errorOf(answer).fields).toHaveProperty(['customer.email']);
  expect(await written()).toEqual(before);
});

/** Without Content-Length, over a connection of its own: one cut off in mid-body is not for another request. */
async function postChunked(body: string): Promise<number> {
  const headers = {
    authorization: `Bearer ${shop.apiKey}`,
    'idempotency-key': randomUUID(),
    'content-type': 'application/json',
  };
  const sent = request(`${house.server.url}/api/v1/orders`, { method: 'POST', headers, agent: false });
  sent.write(body);
  sent.end();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  answer.resume();
  await once(answer, 'close');
  return answer.statusCode!;
}

test('an order of 300 kB is answered 413, whether it says its length or not', async () => {
  const body = JSON.stringify({ ...good, note: 'x'.repeat(300_000) });
  const before = await written();
  const said = await post(body);
  expect([said.status, errorOf(said).code]).toEqual([413, 'TOO_LARGE']);
  expect(await postChunked(body)).toBe(413);
  expect((await post(good)).status).toBe(201); // the client's connections are fit for its next request
  expect((await written()).orders).toBe(before.orders + 1);
});

test.each([
  ['half a JSON document', '{"customer":', 400],
  ['a JSON array', '[]', 422],
  ['null', 'null', 422],
])('%s is refused with the house’s form of error', async (_what, body, status) => {
  const answer = await post(body);
  expect(answer.status).toBe(status);
  expect(errorOf(answer)).toMatchObject({
    code: expect.any(String),
    message: expect.any(String),
    requestId: answer.headers.get('x-request-id'),
  });
});

test('a name in any script and an emoji are kept as they were sent', async () => {
  const name = 'Zoë \u{1f3a8} \u05d0\u05d1';
  const { id } = JSON.parse((await post(orderBody({ name }))).text) as { id: string };
  expect(dataOf(await shop.viewer.visitor.query('orders.get', { id })).customerName).toBe(name);
});
