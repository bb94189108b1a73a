import { randomBytes } from 'node:crypto';
import { until } from '@windlass/testkit/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePerson, makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { openCustomer } from '@windlass/testkit/house/open-customer';
import { orderBody, postOrder } from '@windlass/testkit/house/place-order';
import { runSql } from '@windlass/testkit/house/run-sql';
import { sendBundle } from '@windlass/testkit/house/send-bundle';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { dataOf, openVisitor, type Visitor } from '@windlass/testkit/house/visitor';

let house: House;
let shop: Shop;
let nobody: Visitor;
/** Every value that must not be found again. */
const secrets = new Set<string>();

beforeAll(async () => {
  house = await startHouse({ trustProxy: true });
  shop = await makeShop(house, 'Paper & Signal');
  nobody = openVisitor(() => house.server.url);
});
afterAll(() => house.close());

/** A value nobody else writes, remembered. */
function secret(form: (random: string) => string = (random) => random): string {
  const value = form(randomBytes(32).toString('base64url'));
  secrets.add(value);
  return value;
}
const address = () =>
  secret(
    (random) =>
      `${random
        .slice(0, 20)
        .toLowerCase()
        .replace(/[^a-z0-9]/g, 'x')}@planted.test`,
  );
const logText = () => house.server.log.text() + (house.worker?.log.text() ?? '');

/** One request of each kind, secrets planted wherever people and machines put them. */
const requests: (() => Promise<unknown>)[] = [
  () => nobody.post('/api/sign-in', { email: address(), password: secret() }),
  () => nobody.post('/api/sign-in', `{"password":"${secret()}`),
  () => nobody.get(`/d/${secret()}`),
  () => nobody.get(`/api/download/secure/bnd_1?token=${secret()}`),
  () => nobody.get(`/api/trpc/${secret()}?input=${secret()}`),
  () => nobody.get(`/nowhere/${secret()}`),
  () =>
    nobody.get('/api/trpc/orders.counts', {
      cookie: `wl.session_token=${secret()}`,
      authorization: `Bearer ${secret()}`,
    }),
  () =>
    postOrder(
      house,
      secret((random) => `wl_${random.slice(0, 43)}`),
      { body: orderBody({ email: address() }) },
    ),
  () => postOrder(house, shop.apiKey, { body: orderBody({ email: address(), name: secret() }) }),
  () =>
    postOrder(house, shop.apiKey, {
      body: { ...orderBody({ name: secret() }), customer: { name: secret(), email: `${secret()}@@x` } },
    }),
  () => shop.viewer.visitor.query('orders.list', { search: secret() }),
  () => shop.viewer.visitor.query('orders.list', { search: address(), cursor: secret() }),
  () => shop.operator.visitor.mutate('approvals.approve', { orderId: secret(), notes: secret() }),
  () => shop.operator.visitor.mutate('approvals.approve', { orderId: { password: secret() }, token: secret() }),
  () =>
    shop.admin.visitor.mutate('operations.invitePerson', { name: secret(), email: `${address()}@`, role: 'viewer' }),
  () =>
    nobody.post('/api/forgot-password', { email: address() }, { 'x-forwarded-for': `203.0.113.${secrets.size % 250}` }),
  () => nobody.post('/api/account-link', { token: secret() }),
  () => nobody.post('/api/choose-password', { token: secret(), password: secret() }),
];

test('three hundred requests leave no password, token, cookie, key, name or address in the log, at its most talkative', async () => {
  for (const who of [shop.viewer, shop.operator, shop.admin])
    [who.email, who.password, who.visitor.cookie].forEach((value) => secrets.add(value));
  secrets.add(shop.apiKey);
  for (let round = 0; round < 20; round += 1) await Promise.all(requests.map((request) => request()));

  const lines = house.server.log.lines().filter((line) => line.route !== undefined);
  expect(lines.length).toBeGreaterThanOrEqual(300);
  expect(secrets.size).toBeGreaterThan(300);
  const text = logText();
  expect([...secrets].filter((value) => text.includes(value))).toEqual([]);
});

test('the whole way of an order, sent and downloaded and failed, leaves nothing of its customer in the logs', async () => {
  const sent = await sendBundle(house, shop);
  const customer = openCustomer(house);
  await customer.open(sent.page);
  await customer.open(sent.file);
  const { url } = dataOf(await shop.operator.visitor.mutate('approvals.copyLink', { linkId: sent.linkId }));
  house.mail.fail({ mode: 'reject-5xx' });
  const { deliveryId } = dataOf(await shop.operator.visitor.mutate('deliveries.resend', { id: sent.deliveryId }));
  await until(
    'the resend to fail',
    async () => dataOf(await shop.viewer.visitor.query('deliveries.get', { id: deliveryId })).state === 'failed',
  );
  house.mail.fail({});
  await house.storage.remove(sent.bundle.objectKey!);
  await customer.open(sent.file);

  const text = logText();
  for (const value of [sent.email, 'Ada Lovelace', sent.token, url, customer.address])
    expect(text).not.toContain(value);
  expect(text).toContain(sent.id); // ids are what leads back to the record
});

test('a database error that carries a person’s row is logged without it', async () => {
  const person = await makePerson(house, shop.id, 'viewer');
  const [email, name] = [address(), secret()];
  await runSql(house, `alter table app_user add constraint planted check (invited_email not like '%@planted.test')`);
  try {
    const answer = await shop.admin.visitor.mutate('operations.invitePerson', { name, email, role: 'viewer' });
    expect([answer.status, answer.error?.code]).toEqual([500, 'INTERNAL']);
    const line = house.server.log.lines().find((one) => one.level === 'error' && one.reqId === answer.error!.requestId);
    expect(line).toMatchObject({ err: { code: '23514', message: expect.stringContaining('planted') } });
  } finally {
    await runSql(house, 'alter table app_user drop constraint planted');
  }
  const taken = await shop.admin.visitor.mutate('operations.invitePerson', {
    name,
    email: person.email,
    role: 'viewer',
  });
  expect([taken.status, taken.error?.code]).toEqual([409, 'ADDRESS_TAKEN']);
  const text = logText();
  expect([email, name, person.email, ...secrets].filter((value) => text.includes(value))).toEqual([]);
});

test('each request is logged and measured by its route’s pattern', async () => {
  const sent = await sendBundle(house, shop);
  const customer = openCustomer(house);
  const routeOf = async (headers: Promise<{ headers: Headers }>) => {
    const requestId = (await headers).headers.get('x-request-id');
    return house.server.log.lines().find((line) => line.reqId === requestId && line.route !== undefined)!.route;
  };
  const orders = postOrder(house, shop.apiKey, { body: orderBody() });
  expect({
    orders: await routeOf(orders),
    page: await routeOf(customer.open(sent.page)),
    file: await routeOf(customer.open(sent.file)),
    signIn: await routeOf(nobody.post('/api/sign-in', {})),
    session: await routeOf(nobody.get('/api/session')),
    list: await routeOf(shop.viewer.visitor.query('orders.list', {})),
    batch: await routeOf(
      shop.viewer.visitor.get('/api/trpc/orders.list,orders.counts?batch=1&input=%7B%220%22%3A%7B%7D%7D'),
    ),
    unknownProcedure: await routeOf(nobody.get('/api/trpc/orders.list,nobody.knows')),
    unknownApi: await routeOf(nobody.get('/api/nobody/knows')),
  }).toEqual({
    orders: '/api/v1/orders',
    page: '/d/:token',
    file: '/api/download/secure/:bundleId',
    signIn: '/api/sign-in',
    session: '/api/session',
    list: '/api/trpc/orders.list',
    batch: '/api/trpc/orders.list,orders.counts',
    unknownProcedure: '/api/trpc/orders.list,unknown',
    unknownApi: '/api/*',
  });
});

test('two hundred made-up addresses do not grow the metrics', async () => {
  const series = async () =>
    (await house.server.metrics.registry.metrics())
      .split('\n')
      .filter((line) => line.startsWith('http_server_request_duration_seconds_count')).length;
  await nobody.get('/api/trpc/warm.up');
  await nobody.get('/nowhere/warm/up');
  const before = await series();
  for (let i = 0; i < 4; i += 1)
    await Promise.all(
      Array.from({ length: 50 }, (_, n) => nobody.get(n % 2 ? `/api/trpc/made.up${i}x${n}` : `/nowhere/${i}/${n}`)),
    );
  expect(await series()).toBe(before);
});
