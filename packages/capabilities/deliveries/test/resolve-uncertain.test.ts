import { until } from '@windlass/testkit/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listenLive } from '@windlass/testkit/house/listen-live';
import { linksIn } from '@windlass/testkit/house/links-in';
import { makeBundle } from '@windlass/testkit/house/make-bundle';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { placeOrder } from '@windlass/testkit/house/place-order';
import { runSql } from '@windlass/testkit/house/run-sql';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { dataOf } from '@windlass/testkit/house/visitor';

let house: House;
let shop: Shop;

beforeAll(async () => {
  house = await startHouse({ onLostCommit: 'uncertain' });
  shop = await makeShop(house, 'Paper & Signal');
});
afterAll(() => house.close());

const readOrder = async (id: string) => dataOf(await shop.viewer.visitor.query('orders.get', { id }));
const readDelivery = async (id: string) => dataOf(await shop.viewer.visitor.query('deliveries.get', { id }));
const readJob = async (id: string) => dataOf(await shop.viewer.visitor.query('operations.job', { id }));
const resolve = (deliveryId: string, as: 'sent' | 'send_again') =>
  shop.operator.visitor.mutate('deliveries.resolveUncertain', { deliveryId, as });
const untilState = (id: string, state: string) =>
  until(`delivery ${state}`, async () => {
    const delivery = await readDelivery(id);
    return delivery.state === state && delivery;
  });

async function approved(email: string) {
  const bundle = await makeBundle(house, shop);
  const order = await placeOrder(house, shop, { email, bundles: [bundle] });
  dataOf(await shop.operator.visitor.mutate('approvals.approve', { orderId: order.id }));
  return { ...order, deliveryId: (await readOrder(order.id)).deliveries[0]!.id };
}

/** The mail server takes the message and hangs up without a word; its job has failed over it. */
async function uncertain(email: string) {
  house.mail.fail({ mode: 'cut-after-dot', times: 1, recipients: [email] });
  const order = await approved(email);
  const delivery = await untilState(order.deliveryId, 'uncertain');
  await until('its job to have failed', async () => (await readJob(delivery.jobId)).state === 'failed');
  return { ...order, delivery };
}

test('an answer that was lost is not tried again: the delivery is uncertain, says what to do, and its order asks for a person', async () => {
  const { id, email, delivery } = await uncertain('cut@customers.test');
  expect(delivery).toMatchObject({
    attempts: 1,
    errorCode: 'ANSWER_LOST',
    errorHint: expect.stringMatching(/mark it as sent, or send it again/),
  });
  expect(delivery.attemptRows).toMatchObject([
    { outcome: 'uncertain', conversation: expect.arrayContaining([expect.objectContaining({ who: 'server' })]) },
  ]);
  expect(await readOrder(id)).toMatchObject({ status: 'approved', stage: 'problem' });
  expect(house.mail.mailsTo(email)).toHaveLength(1);
});

test('a worker that vanished after its commit mark leaves the same question, and its successor sends nothing', async () => {
  await house.stopWorker();
  const order = await approved('vanished@customers.test');
  await runSql(house, `update delivery set state = 'committing', attempts = 1 where id = $1`, [order.deliveryId]);
  await runSql(house, 'insert into delivery_attempt (delivery_id, attempt, committed_at) values ($1, 1, now())', [
    order.deliveryId,
  ]);
  await house.startWorker();
  const delivery = await untilState(order.deliveryId, 'uncertain');
  expect(delivery.attemptRows).toMatchObject([{ attempt: 1, outcome: 'uncertain', errorCode: 'ANSWER_LOST' }]);
  expect(house.mail.mailsTo(order.email)).toEqual([]);
  expect((await readOrder(order.id)).timeline.at(-1)).toMatchObject({
    type: 'delivery.uncertain',
    data: { attempt: 1 },
  });
});

test('marked as sent: the order is delivered, its job done, nothing more is sent, and everybody watching sees by whom', async () => {
  const { id, email, deliveryId, delivery } = await uncertain('sent@customers.test');
  const live = await listenLive(house, shop.viewer.visitor, { topics: 'deliveries' });
  await live.untilSignal('hello');
  const answers = await Promise.all(Array.from({ length: 5 }, () => resolve(deliveryId, 'sent')));
  expect(answers.map((answer) => dataOf(answer).state)).toEqual(Array(5).fill('sent'));
  expect(answers.filter((answer) => !dataOf(answer).alreadyDone)).toHaveLength(1);
  expect((await live.untilEvents(1))[0]).toMatchObject({
    type: 'delivery.sent',
    subject: id,
    data: { deliveryId, by: 'The operator', byHand: true },
  });
  live.close();

  expect(await readDelivery(deliveryId)).toMatchObject({ state: 'sent', errorSentence: null });
  expect(await readOrder(id)).toMatchObject({
    stage: 'delivered',
    timeline: expect.arrayContaining([expect.objectContaining({ type: 'delivery.sent' })]),
  });
  await until('its job to have ended', async () => (await readJob(delivery.jobId)).state === 'succeeded');
  expect(house.mail.mailsTo(email)).toHaveLength(1);
  const audits = await runSql(
    house,
    `select data from audit_entry where subject = $1 and action = 'deliveries.resolve-uncertain'`,
    [deliveryId],
  );
  expect(audits).toEqual([{ data: { as: 'sent' } }]);
  expect((await resolve(deliveryId, 'send_again')).error).toMatchObject({
    code: 'INVALID_STATE',
    message: expect.stringMatching(/decided otherwise/),
  });
});

test('sent again: the very same message goes out once more, however often it is asked for', async () => {
  const { id, email, deliveryId } = await uncertain('again@customers.test');
  const answers = await Promise.all(Array.from({ length: 5 }, () => resolve(deliveryId, 'send_again')));
  expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(200));
  expect(answers.filter((answer) => !dataOf(answer).alreadyDone)).toHaveLength(1);
  await untilState(deliveryId, 'accepted');
  const [first, second, ...more] = house.mail.mailsTo(email);
  expect(more).toEqual([]);
  expect(second!.messageId).toBe(first!.messageId);
  expect(linksIn(second!.text)).toEqual(linksIn(first!.text));
  expect(await readOrder(id)).toMatchObject({ stage: 'delivered' });
  expect(dataOf(await resolve(deliveryId, 'send_again'))).toEqual({ state: 'accepted', alreadyDone: true });
});

test('of "sent" and "send again" at once one counts', async () => {
  const { deliveryId } = await uncertain('both@customers.test');
  const answers = await Promise.all([resolve(deliveryId, 'sent'), resolve(deliveryId, 'send_again')]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
});

test('a delivery that is not uncertain has nothing to decide, and the job of one that is cannot be run past the question', async () => {
  const { deliveryId, delivery } = await uncertain('job@customers.test');
  expect((await shop.operator.visitor.mutate('operations.retryJob', { id: delivery.jobId })).error?.code).toBe(
    'DECIDE_FIRST',
  );
  expect((await shop.operator.visitor.mutate('deliveries.retry', { id: deliveryId })).error?.code).toBe(
    'INVALID_STATE',
  );
  const fine = await approved('fine@customers.test');
  await untilState(fine.deliveryId, 'accepted');
  expect((await resolve(fine.deliveryId, 'sent')).error).toMatchObject({
    code: 'INVALID_STATE',
    message: expect.stringMatching(/Nothing .* uncertain/),
  });
});

test('a worker that vanished between the question and the end of its job leaves it to its successor, and the answer counts', async () => {
  const { email, deliveryId, delivery } = await uncertain('between@customers.test');
  await house.stopWorker();
  await runSql(
    house,
    `update job set state = 'queued', generation = generation + 1, dispatched_at = null, finished_at = null where id = $1`,
    [delivery.jobId],
  );
  await house.startWorker();
  await until('its job to have failed again', async () => (await readJob(delivery.jobId)).state === 'failed');
  expect((await readDelivery(deliveryId)).state).toBe('uncertain');
  dataOf(await resolve(deliveryId, 'send_again'));
  await untilState(deliveryId, 'accepted');
  expect(house.mail.mailsTo(email)).toHaveLength(2);
});
