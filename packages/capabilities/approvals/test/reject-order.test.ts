import { until } from '@windlass/testkit/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bundle, makeBundle } from '@windlass/testkit/house/make-bundle';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { placeOrder } from '@windlass/testkit/house/place-order';
import { readTraces } from '@windlass/testkit/house/read-traces';
import { runSql } from '@windlass/testkit/house/run-sql';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { dataOf } from '@windlass/testkit/house/visitor';

let house: House;
let shop: Shop;
let bundle: Bundle;

beforeAll(async () => {
  house = await startHouse({ worker: false, undoSeconds: 30 });
  shop = await makeShop(house, 'Paper & Signal');
  bundle = await makeBundle(house, shop);
});
afterAll(() => house.close());

const place = () => placeOrder(house, shop, { bundles: [bundle] });
const reject = (input: object, visitor = shop.operator.visitor) => visitor.mutate('approvals.reject', input);
const traces = (orderId: string) => readTraces(house.database.sql, orderId);

test('a rejection closes the order, keeps the note, and sends nothing', async () => {
  const order = await place();
  const decision = dataOf(await reject({ orderId: order.id, notes: 'Paid twice.' }));
  expect(decision).toMatchObject({
    success: true,
    alreadyDone: false,
    number: order.number,
    version: 2,
    undoUntil: expect.any(String),
  });
  expect(await traces(order.id)).toMatchObject({
    status: 'rejected',
    stage: 'closed',
    notes: 'Paid twice.',
    deliveries: [],
    jobs: [],
    decisions: ['approval.rejected'],
    audits: ['approvals.reject'],
  });
});

test('an order without a bundle can be rejected', async () => {
  const order = await placeOrder(house, shop);
  expect(dataOf(await reject({ orderId: order.id })).alreadyDone).toBe(false);
});

test('rejecting again answers that it is done, and writes nothing', async () => {
  const order = await place();
  dataOf(await reject({ orderId: order.id }));
  const before = await traces(order.id);
  expect(dataOf(await reject({ orderId: order.id }, shop.admin.visitor))).toMatchObject({
    alreadyDone: true,
    version: 2,
  });
  expect(await traces(order.id)).toEqual(before);
});

test('an approved order is not rejected, and its delivery stays', async () => {
  const order = await place();
  dataOf(await shop.admin.visitor.mutate('approvals.approve', { orderId: order.id }));
  const answer = await reject({ orderId: order.id });
  expect([answer.status, answer.error?.code]).toEqual([409, 'INVALID_STATE']);
  expect(answer.error!.message).toContain(`approved by ${shop.admin.name}`);
  expect(await traces(order.id)).toMatchObject({ status: 'approved', deliveries: ['withheld'] });
});

test('a rejection of a version that is no longer the present one is refused', async () => {
  const order = await place();
  const answer = await reject({ orderId: order.id, version: 7 });
  expect([answer.status, answer.error?.code]).toEqual([409, 'STALE']);
  expect(await traces(order.id)).toMatchObject({ status: 'waiting', version: 1 });
});

test('a rejection can be taken back within its seconds: the order waits again and can be approved', async () => {
  const order = await place();
  dataOf(await reject({ orderId: order.id }));
  expect(dataOf(await shop.operator.visitor.mutate('approvals.undo', { orderId: order.id }))).toMatchObject({
    success: true,
    version: 3,
  });
  expect(await traces(order.id)).toMatchObject({ status: 'waiting', stage: 'waiting', notes: null });
  dataOf(await shop.operator.visitor.mutate('approvals.approve', { orderId: order.id }));
  expect((await traces(order.id)).decisions).toEqual(['approval.rejected', 'approval.undone', 'approval.approved']);
});

test('a rejection cannot be taken back when its seconds have passed', async () => {
  const order = await place();
  dataOf(await reject({ orderId: order.id }));
  await runSql(house, `update customer_order set rejected_at = rejected_at - interval '31 seconds' where id = $1`, [
    order.id,
  ]);
  const answer = await shop.operator.visitor.mutate('approvals.undo', { orderId: order.id });
  expect([answer.status, answer.error?.code]).toEqual([409, 'TOO_LATE']);
  expect(await traces(order.id)).toMatchObject({ status: 'rejected', decisions: ['approval.rejected'] });
});

test('a rejected order is in its tab with its reason, and nowhere else', async () => {
  const order = await place();
  dataOf(await reject({ orderId: order.id, notes: 'Paid twice.' }));
  const { rows } = dataOf(await shop.viewer.visitor.query('orders.list', { tab: 'rejected' }));
  expect(rows.find(({ id }) => id === order.id)).toMatchObject({ status: 'rejected', rejectionReason: 'Paid twice.' });
  expect(rows.every(({ status }) => status === 'rejected')).toBe(true);
  const [now] = await runSql<{ n: number }>(
    house,
    `select count(*)::int as n from customer_order where shop_id = $1 and status = 'rejected'`,
    [shop.id],
  );
  // A count is kept until the server hears the news, a moment after the commit.
  await until('the tab to count it', async () => {
    const { rejected } = dataOf(await shop.viewer.visitor.query('orders.counts'));
    return rejected!.count === now!.n;
  });
});

const reopen = (input: object, visitor = shop.operator.visitor) => visitor.mutate('approvals.reopen', input);

test('a rejected order is reopened long after its seconds have passed: it waits again, and says by whom', async () => {
  const order = await place();
  dataOf(await reject({ orderId: order.id, notes: 'Paid twice.' }));
  await runSql(house, `update customer_order set rejected_at = rejected_at - interval '30 days' where id = $1`, [
    order.id,
  ]);
  expect(dataOf(await reopen({ orderId: order.id, version: 2 }, shop.admin.visitor))).toMatchObject({
    success: true,
    version: 3,
  });
  expect(await traces(order.id)).toMatchObject({
    status: 'waiting',
    stage: 'waiting',
    notes: null,
    decisions: ['approval.rejected', 'approval.reopened'],
    audits: ['approvals.reject', 'approvals.reopen'],
  });
  const { timeline } = dataOf(await shop.viewer.visitor.query('orders.get', { id: order.id }));
  expect(timeline.filter(({ type }) => type.startsWith('approval.')).map(({ data }) => [data.by, data.notes])).toEqual([
    [shop.operator.name, 'Paid twice.'],
    [shop.admin.name, undefined],
  ]);
  dataOf(await shop.operator.visitor.mutate('approvals.approve', { orderId: order.id }));
});

test('only what is rejected is reopened, as it was seen, and a foreign order is not there', async () => {
  const order = await place();
  expect((await reopen({ orderId: order.id })).error).toMatchObject({
    code: 'INVALID_STATE',
    message: expect.stringContaining('waits for a decision already'),
  });
  dataOf(await reject({ orderId: order.id }));
  expect((await reopen({ orderId: order.id, version: 1 })).error).toMatchObject({ code: 'STALE' });
  const other = await makeShop(house, 'Other');
  expect((await reopen({ orderId: order.id }, other.operator.visitor)).error).toMatchObject({ code: 'NOT_FOUND' });
  dataOf(await reopen({ orderId: order.id }));
  dataOf(await shop.operator.visitor.mutate('approvals.approve', { orderId: order.id }));
  expect((await reopen({ orderId: order.id })).error).toMatchObject({
    code: 'INVALID_STATE',
    message: expect.stringContaining('was not reopened'),
  });
  expect(await traces(order.id)).toMatchObject({ status: 'approved', deliveries: ['withheld'] });
});
