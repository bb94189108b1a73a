import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listenLive } from '@windlass/testkit/house/listen-live';
import { type Bundle, makeBundle } from '@windlass/testkit/house/make-bundle';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import {
  addSource,
  postHook,
  SECRET,
  SHOPIFY_BODY,
  shopifyOrder,
  signBody,
  type TestSource,
  WOO_BODY,
  wooOrder,
} from '@windlass/testkit/house/post-hook';
import { runSql } from '@windlass/testkit/house/run-sql';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { dataOf, errorOf } from '@windlass/testkit/house/visitor';

let house: House;
let shop: Shop;
let other: Shop;
let bundle: Bundle;
let shopify: TestSource;
let woo: TestSource;

beforeAll(async () => {
  house = await startHouse({ worker: false });
  [shop, other] = await Promise.all([makeShop(house, 'Paper & Signal'), makeShop(house, 'The Other Shop')]);
  bundle = await makeBundle(house, shop);
  await runSql(house, `update bundle set sku = 'ICON-96' where id = $1`, [bundle.id]);
  shopify = await addSource(shop, 'shopify');
  woo = await addSource(shop, 'woocommerce', { secret: 'a Woo secret & more' });
});
afterAll(() => house.close());

const COUNTS = `select (select count(*)::int from customer_order) as orders,
  (select count(*)::int from source_delivery) as deliveries,
  (select count(*)::int from source_order) as kept, (select sum(taken + ignored)::int from order_source) as counted,
    (select count(*)::int from event) as events`;
const written = async () => (await runSql(house, COUNTS))[0];
const sourceNow = async ({ id }: TestSource) =>
  dataOf(await admin().query('orders.sources')).rows.find((source) => source.id === id)!;
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

test('a Shopify order is taken: discount off, what is no SKU of ours without a bundle, an id beyond 2^53 kept to the digit', async () => {
  expect(resultOf(await postHook(house, shopify, { body: SHOPIFY_BODY }))).toEqual([200, 'taken']);
  expect(await findOrder('mara@riverside.example')).toMatchObject({
    status: 'waiting',
    reference: '#1042',
    customerName: 'Mara Lindqvist',
    customerNote: 'Please send before Friday.',
    placedAt: '2026-11-20T09:15:30.000Z',
    total: { minor: 3350, currency: 'EUR' },
    lines: [
      {
        sku: 'ICON-96',
        title: 'Paper-cut icons - Large',
        quantity: 2,
        unit: { minor: 1050 },
        bundle: { id: bundle.id },
      },
      { sku: 'variant 44858553761999', quantity: 1, unit: { minor: 1250 }, bundle: null },
    ],
    timeline: [{ type: 'order.placed', data: { source: 'shopify' } }],
  });
  expect(
    await runSql(house, `select external_id as id, state, body from source_order where reference = '#1042'`),
  ).toEqual([{ id: '820982911946154508', state: 'taken', body: null }]);
});

test('a WooCommerce order is taken: with its tax, and three for 11.90 add up to 11.90', async () => {
  expect(resultOf(await postHook(house, woo, { body: WOO_BODY }))).toEqual([200, 'taken']);
  expect(await findOrder('jonas@weber.example')).toMatchObject({
    reference: '4750',
    customerName: 'Jonas Weber',
    placedAt: '2026-11-20T10:02:17.000Z',
    total: { minor: 1190, currency: 'EUR' },
    lines: [
      { sku: 'TEX-PAPER', quantity: 1, unit: { minor: 396 } },
      { sku: 'TEX-PAPER', quantity: 2, unit: { minor: 397 } },
    ],
  });
});

test.each([
  ['JPY', '1200', 1200],
  ['JPY', '1200.00', 1200],
  ['KWD', '1.234', 1234],
  ['EUR', '0.10', 10],
  ['EUR', '19.9900', 1999],
])('an amount in %s of %s is %i minor units', async (currency, price, minor) => {
  const email = `${randomUUID()}@amounts.test`;
  const line = { sku: 'X', name: 'X', quantity: 1, price };
  expect(
    resultOf(await postHook(house, shopify, { body: shopifyOrder({ email, currency, line_items: [line] }) })),
  ).toEqual([200, 'taken']);
  expect((await findOrder(email)).total).toEqual({ minor, currency });
});

test('an amount that WooCommerce reckoned to four decimals is rounded once, and the order’s timeline says so', async () => {
  const email = `${randomUUID()}@amounts.test`;
  const line = { id: 1, sku: 'X', name: 'X', quantity: 3, total: '10.0833', total_tax: '1.9158' };
  expect(
    resultOf(
      await postHook(house, woo, { body: wooOrder({ billing: { first_name: 'Ada', email }, line_items: [line] }) }),
    ),
  ).toEqual([200, 'taken']);
  expect(await findOrder(email)).toMatchObject({
    total: { minor: 1200, currency: 'EUR' },
    timeline: [{ type: 'order.placed', data: { remarks: ['Rounded: 11.9991 to 12.00 (line 1).'] } }],
  });
});

test('an open list hears of the order at once', async () => {
  const live = await listenLive(house, shop.viewer.visitor, { topics: 'orders' });
  await live.untilSignal('hello');
  await postHook(house, shopify, { body: shopifyOrder() });
  const [event] = await live.untilEvents(1);
  live.close();
  expect(event).toMatchObject({ type: 'order.placed', data: { source: 'shopify' } });
});

// 30, 31
test.each<[string, (body: string) => Record<string, string>]>([
  ['no signature', () => ({ 'x-shopify-hmac-sha256': '' })],
  ['another secret’s', (body) => ({ 'x-shopify-hmac-sha256': signBody(body, 'another secret') })],
  ['another body’s', () => ({ 'x-shopify-hmac-sha256': signBody('{}', SECRET) })],
  [
    'the signature of the same JSON written anew',
    (body) => ({ 'x-shopify-hmac-sha256': signBody(JSON.stringify(JSON.parse(body), null, 1), SECRET) }),
  ],
  [
    'one in hex',
    (body) => ({ 'x-shopify-hmac-sha256': Buffer.from(signBody(body, SECRET), 'base64').toString('hex') }),
  ],
  ['one cut short', (body) => ({ 'x-shopify-hmac-sha256': signBody(body, SECRET).slice(0, 20) })],
  ['an empty secret’s', (body) => ({ 'x-shopify-hmac-sha256': signBody(body, '') })],
])('a message with %s is answered 401 and leaves nothing', async (_what, headers) => {
  const body = shopifyOrder();
  const before = await written();
  const answer = await postHook(house, shopify, { body, headers: headers(body) });
  expect([answer.status, errorOf(answer).code]).toEqual([401, 'SIGNATURE']);
  expect(await written()).toEqual(before);
});

test('a source nobody made, one of another system and a removed one answer as a forged message', async () => {
  const body = shopifyOrder();
  const gone = await addSource(shop, 'shopify');
  dataOf(await admin().mutate('orders.removeSource', { id: gone.id }));
  const before = await written();
  const answers = await Promise.all([
    postHook(house, { ...shopify, id: 'src_01jd0000000000000000000000' }, { body }),
    postHook(house, { ...woo, id: shopify.id, secret: SECRET }, { body }),
    postHook(house, gone, { body }),
    postHook(house, shopify, { body, headers: { 'x-shopify-hmac-sha256': signBody(body, 'another') } }),
  ]);
  const said = answers.map((answer) => `${answer.status} ${answer.text.replace(/"requestId":"[^"]+"/, '')}`);
  expect(new Set(said).size).toBe(1);
  expect(answers[0]!.status).toBe(401);
  expect(await written()).toEqual(before);
});

test('a source bound to a domain takes no message of another shop, though the secret is the same', async () => {
  const bound = await addSource(shop, 'shopify', { domain: 'paper-signal.myshopify.com' });
  const before = await written();
  expect(
    (
      await postHook(house, bound, {
        body: shopifyOrder(),
        headers: { 'x-shopify-shop-domain': 'other.myshopify.com' },
      })
    ).status,
  ).toBe(401);
  expect(await written()).toEqual(before);
  expect(resultOf(await postHook(house, bound, { body: shopifyOrder() }))).toEqual([200, 'taken']);
});

/** Piece after piece over a connection of its own, without a length, until the answer comes. */
async function postEndless(source: TestSource, signature: string): Promise<{ status: number; sent: number }> {
  const sent = request(`${house.server.url}/hooks/shopify/${source.id}`, {
    method: 'POST',
    agent: false,
    headers: {
      'x-shopify-hmac-sha256': signature,
      'x-shopify-topic': 'orders/create',
      'content-type': 'application/json',
    },
  });
  let bytes = 0;
  let answered = false;
  const piece = Buffer.alloc(64 * 1024, 0x20);
  const more = () => {
    while (!answered && bytes < 50_000_000 && sent.write(piece)) bytes += piece.length;
  };
  sent.on('drain', more);
  sent.on('error', () => undefined); // the server closes the connection: the status came before
  more();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  answered = true;
  answer.resume();
  sent.destroy();
  return { status: answer.statusCode!, sent: bytes };
}

// 32
test('a message of more than 10 MB is answered 413 and counted at its source, endless ones while they still come', async () => {
  const source = await addSource(shop, 'shopify');
  const body = shopifyOrder({ note: 'x'.repeat(10 * 1024 * 1024) });
  const before = await written();
  expect((await postHook(house, source, { body })).status).toBe(413);
  const { status, sent } = await postEndless(source, signBody('', SECRET));
  expect(status).toBe(413);
  expect(sent).toBeLessThan(40_000_000);
  expect(await written()).toEqual(before);
  expect(await sourceNow(source)).toMatchObject({
    tooLarge: 2,
    lastRefused: { at: expect.any(String), why: 'too-large' },
  });
});

test.each([1_048_577, 10 * 1024 * 1024])('a message of %i bytes is taken', async (size) => {
  const body = shopifyOrder({ email: `${size}@large.test` });
  expect(resultOf(await postHook(house, shopify, { body: body + ' '.repeat(size - Buffer.byteLength(body)) }))).toEqual(
    [200, 'taken'],
  );
  await findOrder(`${size}@large.test`);
});

// 33
test('the same delivery again, and the same order under another delivery, have no effect', async () => {
  const body = shopifyOrder();
  const deliveryId = randomUUID();
  expect(resultOf(await postHook(house, shopify, { body, deliveryId }))).toEqual([200, 'taken']);
  const before = await written();
  expect(resultOf(await postHook(house, shopify, { body, deliveryId }))).toEqual([200, 'repeated']);
  expect(await written()).toEqual(before);
  expect(resultOf(await postHook(house, shopify, { body }))).toEqual([200, 'repeated']);
  expect(await written()).toEqual(before);
});

test.each(['one delivery id', 'an empty one', 'none'])(
  'three orders of one second under %s are three orders',
  async (which) => {
    const delivery =
      which === 'one delivery id'
        ? { deliveryId: 'samesecond' }
        : { headers: { 'x-wc-webhook-delivery-id': which === 'none' ? '' : ' ' } };
    const before = (await written()) as { orders: number };
    for (let i = 0; i < 3; i += 1)
      expect(resultOf(await postHook(house, woo, { body: wooOrder(), ...delivery }))).toEqual([200, 'taken']);
    expect(((await written()) as { orders: number }).orders).toBe(before.orders + 3);
  },
);

test('an order that cannot be taken is kept, though its delivery id came before', async () => {
  expect(resultOf(await postHook(house, woo, { body: wooOrder(), deliveryId: 'samesecond-2' }))).toEqual([
    200,
    'taken',
  ]);
  const billing = { first_name: 'Ada', last_name: 'Example', email: '' };
  expect(
    resultOf(await postHook(house, woo, { body: wooOrder({ id: 910_001, billing }), deliveryId: 'samesecond-2' })),
  ).toEqual([200, 'refused']);
  expect(dataOf(await admin().query('orders.refused')).rows.map(({ externalId }) => externalId)).toContain('910001');
});

test('a message without a delivery id is known again by its bytes', async () => {
  const body = wooOrder();
  const headers = { 'x-wc-webhook-delivery-id': '' };
  expect(resultOf(await postHook(house, woo, { body, headers }))).toEqual([200, 'taken']);
  const before = await written();
  expect(resultOf(await postHook(house, woo, { body, headers }))).toEqual([200, 'repeated']);
  expect(await written()).toEqual(before);
});

test('thirty deliveries of one order at once make one order', async () => {
  const body = shopifyOrder();
  const before = (await written()) as { orders: number };
  const results = await Promise.all(
    Array.from({ length: 30 }, (_, i) => postHook(house, shopify, { body, deliveryId: `at-once-${i % 10}` })),
  );
  expect(results.map((answer) => resultOf(answer)[1]).toSorted()).toEqual([...Array(29).fill('repeated'), 'taken']);
  expect(((await written()) as { orders: number }).orders).toBe(before.orders + 1);
});

// 35
test('a topic nobody knows and none at all are ignored and counted, and so is a change of an order placed long ago', async () => {
  const before = (await written()) as { counted: number };
  for (const topic of ['app/uninstalled', 'constructor', '\u0021'])
    expect(resultOf(await postHook(house, shopify, { body: shopifyOrder(), topic }))).toEqual([200, 'ignored']);
  expect(
    resultOf(await postHook(house, shopify, { body: shopifyOrder(), headers: { 'x-shopify-topic': '' } })),
  ).toEqual([200, 'ignored']);
  const created_at = new Date(Date.now() - 40 * 86_400_000).toISOString();
  expect(
    resultOf(await postHook(house, shopify, { body: shopifyOrder({ created_at }), topic: 'orders/updated' })),
  ).toEqual([200, 'ignored']);
  expect(await written()).toEqual({ ...before, counted: before.counted + 5 });
});

test('WooCommerce finds somebody there when its webhook is saved, and nothing else unsigned is answered 200', async () => {
  const before = await written();
  const ping = (body: string, headers: Record<string, string> = {}) =>
    fetch(woo.url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body,
    }).then((answer) => answer.status);
  expect(await ping('webhook_id=3')).toBe(200);
  expect(await ping('webhook_id=10', { 'content-type': 'APPLICATION/X-WWW-FORM-URLENCODED; Charset=UTF-8' })).toBe(200);
  expect(await ping('webhook_id=3&order=1')).toBe(401);
  expect(await ping(WOO_BODY)).toBe(401);
  expect(await ping('webhook_id=3', { 'content-type': 'application/json' })).toBe(401);
  expect(
    await fetch(shopify.url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'webhook_id=3',
    }).then((answer) => answer.status),
  ).toBe(401);
  expect(await written()).toEqual(before);
});

test('a source that was only asked whether anybody listens says when', async () => {
  const source = await addSource(shop, 'woocommerce', { secret: 'only asked' });
  expect((await sourceNow(source)).lastReceivedAt).toBeNull();
  await fetch(source.url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'webhook_id=3',
  });
  expect((await sourceNow(source)).lastReceivedAt).toEqual(expect.any(String));
});

test.each<[string, { body: string; headers: Record<string, string> }, string]>([
  [
    'signed with another secret',
    { body: '{}', headers: { 'x-shopify-hmac-sha256': signBody('{}', 'another secret') } },
    'signature',
  ],
  ['of another shop', { body: '{}', headers: { 'x-shopify-shop-domain': 'other.myshopify.com' } }, 'domain'],
])('messages %s are told at their source, until its secret is entered anew', async (_what, message, why) => {
  const source = await addSource(shop, 'shopify', { domain: 'paper-signal.myshopify.com' });
  expect((await sourceNow(source)).lastRefused).toBeNull();
  for (let i = 0; i < 5; i += 1) expect((await postHook(house, source, message)).status).toBe(401);
  expect((await sourceNow(source)).lastRefused).toEqual({ at: expect.any(String), why });
  dataOf(await admin().mutate('orders.setSourceSecret', { id: source.id, secret: SECRET }));
  expect((await sourceNow(source)).lastRefused).toBeNull();
});

test('a secret is in no answer but the one that makes it up, in no log, and not readable in the database', async () => {
  const made = dataOf(await admin().mutate('orders.addSource', { system: 'woocommerce', name: 'Generated' }));
  expect(made.secret).toMatch(/^[\w-]{32}$/);
  expect(
    dataOf(
      await admin().mutate('orders.addSource', { system: 'shopify', name: 'Entered', secret: 'shpss_entered_secret' }),
    ).secret,
  ).toBeNull();
  const listed = await admin().query('orders.sources');
  const stored = JSON.stringify(
    (await runSql<{ secret: Buffer }>(house, 'select secret from order_source')).map(({ secret }) =>
      secret.toString('latin1'),
    ),
  );
  const audits = JSON.stringify(await runSql(house, 'select * from audit_entry'));
  for (const secret of [made.secret!, 'shpss_entered_secret', SECRET]) {
    for (const place of [listed.text, house.server.log.text(), stored, audits])
      expect(place.includes(secret)).toBe(false);
  }
});

test('a changed secret takes effect at once', async () => {
  const source = await addSource(shop, 'woocommerce', { secret: 'the first secret' });
  dataOf(await admin().mutate('orders.setSourceSecret', { id: source.id, secret: 'the second secret' }));
  expect((await postHook(house, source, { body: wooOrder() })).status).toBe(401);
  expect(resultOf(await postHook(house, { ...source, secret: 'the second secret' }, { body: wooOrder() }))).toEqual([
    200,
    'taken',
  ]);
});

test('Shopify needs its own secret entered, and another shop sees none of it', async () => {
  const answer = await admin().mutate('orders.addSource', { system: 'shopify', name: 'No secret' });
  expect([answer.status, answer.error?.fields]).toEqual([422, { secret: expect.any(String) }]);
  expect(dataOf(await other.admin.visitor.query('orders.sources')).rows).toEqual([]);
  expect(dataOf(await other.admin.visitor.query('orders.refused')).rows).toEqual([]);
});

test('what came is counted by source and by metric', async () => {
  const source = await addSource(shop, 'shopify');
  await postHook(house, source, { body: shopifyOrder() });
  await postHook(house, source, { body: shopifyOrder(), topic: 'shop/update' });
  await postHook(house, source, { body: shopifyOrder({ email: null }) });
  const row = dataOf(await admin().query('orders.sources')).rows.find(({ id }) => id === source.id);
  expect(row).toMatchObject({
    taken: 1,
    ignored: 1,
    refused: 1,
    readable: true,
    url: source.url,
    lastReceivedAt: expect.any(String),
  });
  expect(await house.server.metrics.registry.metrics()).toMatch(
    /wl_webhook_total\{system="shopify",result="taken"\} \d+/,
  );
});
