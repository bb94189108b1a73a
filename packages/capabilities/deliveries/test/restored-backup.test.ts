import { until } from '@windlass/testkit/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bundle, makeBundle } from '@windlass/testkit/house/make-bundle';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { placeOrder, someAddress } from '@windlass/testkit/house/place-order';
import { runSql } from '@windlass/testkit/house/run-sql';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { dataOf } from '@windlass/testkit/house/visitor';

let house: House;
let shop: Shop;
let other: Shop;
let bundle: Bundle;

beforeAll(async () => {
  house = await startHouse();
  [shop, other] = await Promise.all([makeShop(house, 'Paper & Signal'), makeShop(house, 'The Other Shop')]);
  bundle = await makeBundle(house, shop);
});
afterAll(() => house.close());

/** Both programs end, the database becomes another, both begin. */
async function restore(column: 'system' | 'timeline' | 'database') {
  await house.stopWorker();
  await runSql(house, `update known_database set ${column} = ${column} || '0'`);
  await house.startWorker();
}
async function approve() {
  const email = someAddress();
  const order = await placeOrder(house, shop, { email, bundles: [bundle] });
  dataOf(await shop.operator.visitor.mutate('approvals.approve', { orderId: order.id }));
  const delivery = async () => dataOf(await shop.viewer.visitor.query('orders.get', { id: order.id })).deliveries[0]!;
  return { ...order, email, delivery };
}
const trouble = async (of = shop) => dataOf(await of.viewer.visitor.query('operations.trouble'));
const stateOf = async (jobId: string) => dataOf(await shop.viewer.visitor.query('operations.job', { id: jobId }));

test('a house that starts where it ended sends at once', async () => {
  const order = await approve();
  await house.stopWorker();
  await house.startWorker();
  await until('the mail', async () => (await order.delivery()).state === 'accepted');
  expect((await trouble()).hold).toBeNull();
});

test.each(['system', 'timeline', 'database'] as const)(
  'on another %s what would leave is held at no cost of tries, until an admin of the shop releases it and says the next number',
  async (column) => {
    await restore(column);
    const order = await approve();
    const { jobId } = await order.delivery();
    const held = await until('the mail to be held', async () => {
      const job = await stateOf(jobId);
      return job.errorCode === 'MESSAGES_HELD' && job;
    });
    expect(held).toMatchObject({
      state: 'retrying',
      tryNumber: 1,
      errorSentence: expect.stringContaining('restored backup'),
    });
    expect(house.mail.mailsTo(order.email)).toEqual([]);
    const { hold } = await trouble();
    expect(hold).toEqual({ since: expect.any(String), waiting: 1, nextNumber: order.number + 1 });
    expect((await shop.operator.visitor.mutate('operations.releaseMessages', { nextNumber: 9_000 })).status).toBe(403);
    const low = await shop.admin.visitor.mutate('operations.releaseMessages', { nextNumber: order.number });
    expect([low.status, low.error?.fields?.nextNumber]).toEqual([422, 'There are orders with higher numbers already.']);
    expect((await trouble()).hold).not.toBeNull();
    dataOf(await shop.admin.visitor.mutate('operations.releaseMessages', { nextNumber: order.number + 500 }));
    await until('the mail', () => house.mail.mailsTo(order.email).length === 1);
    expect((await placeOrder(house, shop, { bundles: [bundle] })).number).toBe(order.number + 500);
    expect([(await trouble()).hold, (await trouble(other)).hold]).toEqual([
      null,
      expect.objectContaining({ waiting: 0 }),
    ]);
    expect((await shop.admin.visitor.mutate('operations.releaseMessages', { nextNumber: 99_999 })).error?.code).toBe(
      'INVALID_STATE',
    );
  },
);

test('a release of which the worker has not heard yet holds nobody up', async () => {
  await restore('system');
  await runSql(house, 'update message_hold set released_at = now() where shop_id = $1', [shop.id]);
  const order = await approve();
  await until('the mail', () => house.mail.mailsTo(order.email).length === 1);
});

test('a mail about an account that is asked for now goes out all the same: an admin may need it to get in', async () => {
  await restore('system');
  const email = someAddress();
  dataOf(await shop.admin.visitor.mutate('operations.invitePerson', { name: 'Grace Hopper', email, role: 'operator' }));
  await until('the invitation', () => house.mail.mailsTo(email).length === 1);
});
