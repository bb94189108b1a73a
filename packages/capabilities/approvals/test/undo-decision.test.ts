import { setTimeout as wait } from 'node:timers/promises';
import { until } from '@windlass/testkit/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bundle, makeBundle } from '@windlass/testkit/house/make-bundle';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { placeOrder, someAddress } from '@windlass/testkit/house/place-order';
import { readTraces } from '@windlass/testkit/house/read-traces';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { startServer } from '@windlass/testkit/house/start-server';
import { dataOf, openVisitor } from '@windlass/testkit/house/visitor';

/** Long enough for ten requests on a busy machine; the tests wait for it side by side. */
const UNDO_SECONDS = 2;

let house: House;
let shop: Shop;
let bundle: Bundle;

beforeAll(async () => {
  house = await startHouse({ undoSeconds: UNDO_SECONDS });
  shop = await makeShop(house, 'Paper & Signal');
  bundle = await makeBundle(house, shop);
});
afterAll(() => house.close());

const place = () => placeOrder(house, shop, { bundles: [bundle] });
const approve = (orderId: string) => shop.operator.visitor.mutate('approvals.approve', { orderId });
const undo = (orderId: string) => shop.operator.visitor.mutate('approvals.undo', { orderId });
const traces = (orderId: string) => readTraces(house.database.sql, orderId);

test.concurrent('an approval taken back in time sends no mail ever; approved again, the order sends one', async () => {
  const order = await place();
  const decision = dataOf(await approve(order.id));
  expect(Date.parse(decision.undoUntil!) - Date.now()).toBeGreaterThan(0);
  expect((await traces(order.id)).deliveries).toEqual(['withheld']);

  expect(dataOf(await undo(order.id))).toMatchObject({ success: true, version: 3 });
  expect(await traces(order.id)).toEqual({
    status: 'waiting',
    stage: 'waiting',
    version: 3,
    approvedBy: null,
    approved: false,
    notes: null,
    deliveries: ['aborted'],
    jobs: ['cancelled'],
    decisions: ['approval.approved', 'approval.undone'],
    audits: ['approvals.approve', 'approvals.undo'],
  });
  // The decision was undone, and so the mail was cancelled: the timeline tells it in this order.
  const { timeline } = dataOf(await shop.viewer.visitor.query('orders.get', { id: order.id }));
  expect(timeline.map(({ type }) => type).slice(1)).toEqual([
    'approval.approved',
    'delivery.withheld',
    'approval.undone',
    'delivery.aborted',
  ]);
  await wait(UNDO_SECONDS * 1000 + 500); // well past the moment it would have been sent
  expect(house.mail.mailsTo(order.email)).toEqual([]);

  dataOf(await approve(order.id));
  await house.mail.mailTo(order.email);
  await until('the order to be delivered, and its job to end', async () => {
    const { stage, jobs } = await traces(order.id);
    return stage === 'delivered' && jobs.at(-1) === 'succeeded';
  });
  expect(house.mail.mailsTo(order.email)).toHaveLength(1);
  expect(await traces(order.id)).toMatchObject({
    version: 4,
    deliveries: ['aborted', 'accepted'],
    jobs: ['cancelled', 'succeeded'],
  });
});

test.concurrent('an address corrected while the mail is held is where it goes; the old one gets nothing', async () => {
  const order = await place();
  dataOf(await approve(order.id));
  const right = someAddress();
  dataOf(await shop.operator.visitor.mutate('orders.correctEmail', { id: order.id, email: right, version: 2 }));
  await house.mail.mailTo(right);
  await until('the order to be delivered', async () => (await traces(order.id)).stage === 'delivered');
  expect(house.mail.mailsTo(order.email)).toEqual([]);
  const { deliveries } = dataOf(await shop.viewer.visitor.query('orders.get', { id: order.id }));
  expect(deliveries.map(({ recipient, state }) => [recipient, state])).toEqual([[right, 'accepted']]);
});

test.concurrent('a mail that was sent keeps the address it went to', async () => {
  const order = await place();
  dataOf(await approve(order.id));
  await house.mail.mailTo(order.email);
  await until('the order to be delivered', async () => (await traces(order.id)).stage === 'delivered');
  dataOf(await shop.operator.visitor.mutate('orders.correctEmail', { id: order.id, email: someAddress() }));
  const { deliveries } = dataOf(await shop.viewer.visitor.query('orders.get', { id: order.id }));
  expect(deliveries.map(({ recipient }) => recipient)).toEqual([order.email]);
});

test.concurrent('an approval whose mail has left cannot be taken back', async () => {
  const order = await place();
  dataOf(await approve(order.id));
  await house.mail.mailTo(order.email);
  const answer = await undo(order.id);
  expect([answer.status, answer.error?.code]).toEqual([409, 'TOO_LATE']);
  expect(await traces(order.id)).toMatchObject({ status: 'approved', version: 2, decisions: ['approval.approved'] });
});

test.concurrent('what has not been decided, or has been taken back already, cannot be taken back', async () => {
  const order = await place();
  expect((await undo(order.id)).error?.code).toBe('TOO_LATE');
  dataOf(await approve(order.id));
  dataOf(await undo(order.id));
  expect((await undo(order.id)).error?.code).toBe('TOO_LATE');
  expect(await traces(order.id)).toMatchObject({ version: 3, decisions: ['approval.approved', 'approval.undone'] });
});

test.concurrent('of ten who take one approval back at once, one does', async () => {
  const order = await place();
  dataOf(await approve(order.id));
  const answers = await Promise.all(Array.from({ length: 10 }, () => undo(order.id)));
  expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, ...Array<number>(9).fill(409)]);
  expect(await traces(order.id)).toMatchObject({
    version: 3,
    deliveries: ['aborted'],
    decisions: ['approval.approved', 'approval.undone'],
  });
});

test.concurrent('taken back at the last moment or sent: never both, never neither', async () => {
  const orders = await Promise.all(Array.from({ length: 12 }, place));
  const ends = await Promise.all(
    orders.map(async (order, i) => {
      dataOf(await approve(order.id));
      await wait(UNDO_SECONDS * 1000 - 60 + i * 10);
      return { order, undone: (await undo(order.id)).status === 200 };
    }),
  );
  await until('all jobs to end', async () => {
    const states = await Promise.all(orders.map((order) => traces(order.id)));
    return states.every(({ jobs }) => ['succeeded', 'cancelled'].includes(jobs[0]!));
  });
  for (const { order, undone } of ends) {
    expect(await traces(order.id)).toMatchObject(
      undone ? { status: 'waiting', deliveries: ['aborted'] } : { status: 'approved', deliveries: ['accepted'] },
    );
    expect(house.mail.mailsTo(order.email)).toHaveLength(undone ? 0 : 1);
  }
});

test.concurrent('with UNDO_SECONDS=0 nothing is held back and nothing can be taken back', async () => {
  const prompt = await startServer({ ...house.common, undoSeconds: 0 });
  try {
    const visitor = openVisitor(() => prompt.url, shop.operator.visitor.cookie);
    const order = await place();
    expect(dataOf(await visitor.mutate('approvals.approve', { orderId: order.id })).undoUntil).toBeNull();
    const tooLate = await visitor.mutate('approvals.undo', { orderId: order.id });
    expect([tooLate.status, tooLate.error?.code]).toEqual([409, 'TOO_LATE']);
    const refused = await place();
    expect(dataOf(await visitor.mutate('approvals.reject', { orderId: refused.id })).undoUntil).toBeNull();
    expect((await visitor.mutate('approvals.undo', { orderId: refused.id })).error?.code).toBe('TOO_LATE');
    await house.mail.mailTo(order.email);
  } finally {
    await prompt.stop();
  }
});
