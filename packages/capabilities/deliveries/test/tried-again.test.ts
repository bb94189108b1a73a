import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '@windlass/testkit/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeBundle } from '@windlass/testkit/house/make-bundle';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { placeOrder, someAddress } from '@windlass/testkit/house/place-order';
import { runSql } from '@windlass/testkit/house/run-sql';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { dataOf, type ProcedureName } from '@windlass/testkit/house/visitor';

let house: House;
let shop: Shop;

beforeAll(async () => {
  house = await startHouse();
  shop = await makeShop(house, 'Paper & Signal');
});
afterAll(() => house.close());

const mutate = <Name extends ProcedureName>(name: Name, input: object) => shop.operator.visitor.mutate(name, input);
const readOrder = async (id: string) => dataOf(await shop.viewer.visitor.query('orders.get', { id }));
const readDelivery = async (id: string) => dataOf(await shop.viewer.visitor.query('deliveries.get', { id }));

/** Approved, and its mail refused in this way until told otherwise. */
async function unsent(mode: 'reject-4xx' | 'reject-5xx') {
  const email = someAddress();
  house.mail.fail({ mode, at: 'rcpt', recipients: [email] });
  const order = await placeOrder(house, shop, { email, bundles: [await makeBundle(house, shop)] });
  dataOf(await mutate('approvals.approve', { orderId: order.id }));
  const { id: deliveryId, jobId } = (await readOrder(order.id)).deliveries[0]!;
  const [state, jobState] = mode === 'reject-4xx' ? ['awaiting_retry', 'retrying'] : ['failed', 'failed'];
  await until(`the mail to be ${state}`, async () => {
    const job = dataOf(await shop.viewer.visitor.query('operations.job', { id: jobId }));
    return job.state === jobState && (await readDelivery(deliveryId)).state === state;
  });
  return { ...order, deliveryId, jobId };
}

/** Its next try is an hour away: what is tried before was started by hand. */
const postpone = (jobId: string) =>
  runSql(house, `update job set run_after = now() + interval '1 hour' where id = $1 and state = 'retrying'`, [jobId]);

/** Everybody the mail server was told of, attempt by attempt, in the words of the conversation. */
const recipientsOf = async (deliveryId: string) =>
  (await readDelivery(deliveryId)).attemptRows.map(({ conversation }) =>
    conversation.flatMap(({ line }) => /^RCPT TO:<(.*?)>/.exec(line)?.[1] ?? []),
  );

const RETRIES = [
  ['deliveries.retry', 'deliveryId'],
  ['operations.retryJob', 'jobId'],
] as const;

test.each(RETRIES)(
  'a failed mail whose order got another address meanwhile goes there and nowhere else (%s)',
  async (name, which) => {
    const order = await unsent('reject-5xx');
    const right = someAddress();
    dataOf(await mutate('orders.correctEmail', { id: order.id, email: right }));
    house.mail.fail({});
    dataOf(await mutate(name, { id: order[which] }));
    await house.mail.mailTo(right);
    await until('the order to be delivered', async () => (await readOrder(order.id)).stage === 'delivered');
    expect(house.mail.mailsTo(order.email)).toEqual([]);
    expect(await readDelivery(order.deliveryId)).toMatchObject({ state: 'accepted', recipient: right });
    expect(await recipientsOf(order.deliveryId)).toEqual([[order.email], [right]]);
  },
);

test('a mail that has failed is tried again though its job is only just ending', async () => {
  const order = await unsent('reject-5xx');
  house.mail.fail({});
  const setJob = (state: string) =>
    runSql(house, `update job set state = $2::job_state where id = $1`, [order.jobId, state]);
  await setJob('active');
  const asked = mutate('deliveries.retry', { id: order.deliveryId });
  await sleep(200);
  await setJob('failed');
  dataOf(await asked);
  await house.mail.mailTo(order.email);
});

test('nor does one of a whole class of failures go to an address that its order has no longer', async () => {
  const order = await unsent('reject-5xx');
  const right = someAddress();
  dataOf(await mutate('orders.correctEmail', { id: order.id, email: right }));
  house.mail.fail({});
  dataOf(await mutate('operations.retryFailures', { name: 'deliveries.send-email', code: 'SMTP_MAILBOX_UNKNOWN' }));
  await house.mail.mailTo(right);
  expect(house.mail.mailsTo(order.email)).toEqual([]);
});

test('a mail that waits for its next try takes the corrected address along, and says so at once', async () => {
  const order = await unsent('reject-4xx');
  const right = someAddress();
  dataOf(await mutate('orders.correctEmail', { id: order.id, email: right }));
  expect((await readDelivery(order.deliveryId)).recipient).toBe(right);
  house.mail.fail({});
  await house.mail.mailTo(right);
  await until('the order to be delivered', async () => (await readOrder(order.id)).stage === 'delivered');
  expect(house.mail.mailsTo(order.email)).toEqual([]);
});

test.each(RETRIES)(
  'a mail that waits for its next try is tried at once when somebody asks for it (%s)',
  async (name, which) => {
    const order = await unsent('reject-4xx');
    await postpone(order.jobId);
    house.mail.fail({});
    dataOf(await mutate(name, { id: order[which] }));
    await house.mail.mailTo(order.email);
    await until('the order to be delivered', async () => (await readOrder(order.id)).stage === 'delivered');
    expect(await readDelivery(order.deliveryId)).toMatchObject({ state: 'accepted', attempts: 2 });
    const again = await mutate(name, { id: order[which] });
    expect(again).toMatchObject({ status: 409, error: { code: 'INVALID_STATE' } });
  },
);

test('a job that waits for its turn is not tried again: it says why', async () => {
  await house.stopWorker();
  const order = await placeOrder(house, shop, { bundles: [await makeBundle(house, shop)] });
  dataOf(await mutate('approvals.approve', { orderId: order.id }));
  const { jobId } = (await readOrder(order.id)).deliveries[0]!;
  expect((await mutate('operations.retryJob', { id: jobId })).error).toMatchObject({
    code: 'INVALID_STATE',
    message: expect.stringContaining('queued'),
  });
  await house.startWorker();
  await house.mail.mailTo(order.email);
});
