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
const readJob = async (id: string) => dataOf(await shop.viewer.visitor.query('operations.job', { id }));

async function approved(email = someAddress()) {
  const order = await placeOrder(house, shop, { email, bundles: [await makeBundle(house, shop)] });
  dataOf(await mutate('approvals.approve', { orderId: order.id }));
  const { id: deliveryId, jobId } = (await readOrder(order.id)).deliveries[0]!;
  return { ...order, deliveryId, jobId };
}

const TALKING = `with d as (update delivery set state = $2::delivery_state, attempts = 1, lease_token = 'gone:1'
  where job_id = $1 returning id),
    a as (insert into delivery_attempt (delivery_id, attempt, committed_at) select id, 1,
      case when $2 = 'committing' then now() end from d)
  update job set state = 'active', attempts = $3, crashes = $3 - 1, lease_token = 'gone',
    lease_until = now() - interval '1 second', started_at = now(),
    cancel_requested_at = case when $4 then now() end where id = $1`;

/**
 * As a worker leaves a delivery that is killed while it talks to the mail server, for the `starts`th time; `cancelled`:
 * somebody had asked for that meanwhile.
 */
async function killed(
  talk: 'sending' | 'committing',
  { starts, cancelled = false }: { starts: number; cancelled?: boolean },
) {
  await house.stopWorker();
  const order = await approved();
  await runSql(house, TALKING, [order.jobId, talk, starts, cancelled]);
  await house.startWorker();
  await until('the job to end', async () => ['failed', 'cancelled'].includes((await readJob(order.jobId)).state));
  return order;
}

test.each(['sending', 'committing'] as const)(
  'a mail whose worker was killed five times while %s has failed with its job; its order asks for a person, and a retry sends it',
  async (talk) => {
    const { id, email, deliveryId } = await killed(talk, { starts: 5 });
    const delivery = await readDelivery(deliveryId);
    expect(delivery).toMatchObject({
      state: 'failed',
      errorCode: 'WORKER_LOST',
      errorSentence: expect.stringContaining('5 times'),
      attemptRows: [{ outcome: 'lost' }],
    });
    expect(delivery.errorHint).toMatch(talk === 'committing' ? /may have arrived/ : /log/);
    const order = await readOrder(id);
    expect(order).toMatchObject({ status: 'approved', stage: 'problem' });
    expect(order.timeline.at(-1)).toMatchObject({ type: 'delivery.failed', data: { deliveryId } });
    expect(house.mail.mailsTo(email)).toEqual([]);
    dataOf(await mutate('deliveries.retry', { id: deliveryId }));
    expect((await house.mail.mailTo(email)).messageId).toBe(delivery.messageId);
    await until('the order to be delivered', async () => (await readOrder(id)).stage === 'delivered');
  },
);

test.each([
  ['once is sent again', 1, 'accepted', 1],
  ['twice is sent no third time: a person decides', 2, 'uncertain', 0],
] as const)('a mail whose worker was killed after the commit mark %s', async (_, times, state, mails) => {
  await house.stopWorker();
  const { id, email, deliveryId, jobId } = await approved();
  await runSql(house, TALKING, [jobId, 'committing', 1, false]);
  if (times === 2) {
    await runSql(house, 'update delivery set attempts = 2 where id = $1', [deliveryId]);
    await runSql(house, `update delivery_attempt set ended_at = now(), outcome = 'lost' where delivery_id = $1`, [
      deliveryId,
    ]);
    await runSql(house, 'insert into delivery_attempt (delivery_id, attempt, committed_at) values ($1, 2, now())', [
      deliveryId,
    ]);
  }
  await house.startWorker();
  await until(`it to be ${state}`, async () => (await readDelivery(deliveryId)).state === state);
  expect(house.mail.mailsTo(email)).toHaveLength(mails);
  await until(
    'its order to say so',
    async () => (await readOrder(id)).stage === (state === 'accepted' ? 'delivered' : 'problem'),
  );
});

test('from the jobs screen, and among all failures of its class, it is tried again too', async () => {
  const one = await killed('sending', { starts: 5 });
  dataOf(await mutate('operations.retryJob', { id: one.jobId }));
  await house.mail.mailTo(one.email);
  const other = await killed('committing', { starts: 5 });
  expect(
    dataOf(await mutate('operations.retryFailures', { name: 'deliveries.send-email', code: 'WORKER_LOST' })).count,
  ).toBe(1);
  await house.mail.mailTo(other.email);
});

test.each(['sending', 'committing'] as const)(
  'a mail that was cancelled while %s, and its worker then killed, is cancelled with its job; its order asks for a person, who may send another',
  async (talk) => {
    const { id, email, deliveryId } = await killed(talk, { starts: 1, cancelled: true });
    const delivery = await readDelivery(deliveryId);
    expect(delivery.state).toBe('aborted');
    if (talk === 'committing')
      expect(delivery).toMatchObject({
        errorSentence: expect.stringContaining('stopped'),
        errorHint: expect.stringContaining('may have arrived'),
      });
    expect(await readOrder(id)).toMatchObject({ status: 'approved', stage: 'problem' });
    dataOf(await mutate('deliveries.resend', { id: deliveryId }));
    await house.mail.mailTo(email);
    await until('the order to be delivered', async () => (await readOrder(id)).stage === 'delivered');
  },
);

test('a mail that cannot be written fails with its job, not before and not later', async () => {
  await house.stopWorker();
  const { id, deliveryId, jobId } = await approved();
  await runSql(house, `update delivery set kind = 'unknown-kind' where id = $1`, [deliveryId]);
  await runSql(house, 'update job set failures = 99 where id = $1', [jobId]); // all tries but this one are spent
  await house.startWorker();
  await until('the job to fail', async () => (await readJob(jobId)).state === 'failed');
  const [row] = await runSql(house, 'select state, error_code as code from delivery where id = $1', [deliveryId]);
  expect(row).toEqual({ state: 'failed', code: 'UNEXPECTED' });
  await runSql(house, `update delivery set kind = 'bundle-links' where id = $1`, [deliveryId]);
  dataOf(await mutate('deliveries.retry', { id: deliveryId }));
  await until('the order to be delivered', async () => (await readOrder(id)).stage === 'delivered');
});

test('a job cancelled while its mail waits for the next try takes the mail with it', async () => {
  const email = someAddress();
  house.mail.fail({ mode: 'reject-4xx', at: 'rcpt', recipients: [email] });
  const { id, deliveryId, jobId } = await approved(email);
  await until('the next try to be waited for', async () => (await readDelivery(deliveryId)).state === 'awaiting_retry');
  await until('its job too', async () => (await readJob(jobId)).state === 'retrying');
  dataOf(await mutate('operations.cancelJob', { id: jobId }));
  house.mail.fail({});
  expect((await readDelivery(deliveryId)).state).toBe('aborted');
  expect(await readOrder(id)).toMatchObject({ stage: 'problem' });
});
