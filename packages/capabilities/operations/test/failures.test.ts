import { until } from '@windlass/testkit/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bundle, makeBundle } from '@windlass/testkit/house/make-bundle';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { type PlacedOrder, placeOrder, someAddress } from '@windlass/testkit/house/place-order';
import { readTraces } from '@windlass/testkit/house/read-traces';
import { runSql } from '@windlass/testkit/house/run-sql';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { dataOf, type ProcedureName } from '@windlass/testkit/house/visitor';
import { serverPlug as deliveries } from '@windlass/capabilities/deliveries/server-plug';
import { serverPlug as operations } from '../server/plug.ts';

let house: House;
let shop: Shop;
let bundle: Bundle;

beforeAll(async () => {
  house = await startHouse();
  shop = await makeShop(house, 'Paper & Signal');
  bundle = await makeBundle(house, shop);
});
afterAll(() => house.close());

const NAME = 'deliveries.send-email';
const mutate = <Name extends ProcedureName>(name: Name, input: object) => shop.operator.visitor.mutate(name, input);
const failures = async () => dataOf(await shop.viewer.visitor.query('operations.failures')).rows;
/** Counts are kept until the server hears the news, a moment after the commit: here they are as the database says. */
const waiting = () =>
  until('the counts to be as the database is', async () => {
    const { counts } = dataOf(await shop.viewer.visitor.query('operations.waiting'));
    for (const [name, rest] of Object.entries({ ...deliveries.waiting, ...operations.waiting })) {
      const [now] = await runSql<{ n: number }>(house, `select count(*)::int as n ${rest}`, [shop.id]);
      if (counts[name]!.count !== now!.n) return false;
    }
    return counts;
  });

/** Approved, and refused for good by the mail server: their addresses, or the messages themselves. */
async function refused(at: 'rcpt' | 'data', count: number) {
  const emails = Array.from({ length: count }, () => `${at}-${someAddress()}`);
  house.mail.fail({ mode: 'reject-5xx', at, times: count, recipients: emails });
  const orders: PlacedOrder[] = [];
  for (const email of emails) {
    const order = await placeOrder(house, shop, { email, bundles: [bundle] });
    dataOf(await mutate('approvals.approve', { orderId: order.id }));
    orders.push(order);
  }
  await until('the mails to fail', async () => {
    const jobs = await runSql<{ n: number }>(
      house,
      `select count(*)::int as n from job where subject = any($1) and state = 'failed'`,
      [orders.map(({ id }) => id)],
    );
    return jobs[0]!.n === count;
  });
  return orders;
}

test('what failed for one reason is one row with its count, sentence and fix; another reason is another row', async () => {
  await refused('rcpt', 3);
  await refused('data', 2);
  const rows = await failures();
  expect(rows.map(({ code, count, retryable, title }) => ({ code, count, retryable, title }))).toEqual([
    { code: 'SMTP_MAILBOX_UNKNOWN', count: 3, retryable: 3, title: 'Send e-mail' },
    { code: 'SMTP_MAILBOX_FULL', count: 2, retryable: 2, title: 'Send e-mail' },
  ]);
  expect(rows[0]).toMatchObject({
    sentence: expect.stringContaining('does not exist'),
    hint: expect.stringContaining('Check the address'),
  });
});

test('a rehearsal says how many and how long, and changes nothing; then all of the class run again, spaced as asked, and succeed', async () => {
  const before = await waiting();
  expect(
    dataOf(
      await mutate('operations.retryFailures', {
        name: NAME,
        code: 'SMTP_MAILBOX_UNKNOWN',
        perMinute: 120,
        dryRun: true,
      }),
    ),
  ).toEqual({ count: 3, seconds: 1 });
  expect(await waiting()).toEqual(before);
  expect(
    dataOf(await mutate('operations.retryFailures', { name: NAME, code: 'SMTP_MAILBOX_UNKNOWN', perMinute: 120 }))
      .count,
  ).toBe(3);
  await until('the class to be gone', async () =>
    (await failures()).every(({ code }) => code !== 'SMTP_MAILBOX_UNKNOWN'),
  );
  // Two a second: each is due half a second after the one before, whenever its turn comes then.
  const due = await until('all three to be accepted', async () => {
    const rows = await runSql<{ at: Date }>(
      house,
      `select j.run_after as at from delivery d join job j on j.id = d.job_id
        where d.state = 'accepted' and d.recipient like 'rcpt-%' order by j.run_after`,
    );
    return rows.length === 3 && rows.map(({ at }) => at.getTime());
  });
  expect([due[1]! - due[0]!, due[2]! - due[1]!]).toEqual([500, 500]);
});

test('a retry that was begun slowly can be stopped: what waits for its turn is failed as before, with its message and its order; what has begun goes on', async () => {
  const orders = await refused('rcpt', 4);
  house.mail.fail({});
  dataOf(await mutate('operations.retryFailures', { name: NAME, code: 'SMTP_MAILBOX_UNKNOWN', perMinute: 1 }));
  const stateOf = async ({ id }: { id: string }) =>
    dataOf(await shop.viewer.visitor.query('orders.get', { id })).deliveries[0]!.state;
  await until('the first to be accepted', async () => (await stateOf(orders[0]!)) === 'accepted');
  const { runs } = dataOf(await shop.viewer.visitor.query('operations.failures'));
  expect(runs).toEqual([
    { run: expect.stringMatching(/^run_/), title: 'Send e-mail', waiting: 3, lastAt: expect.any(String) },
  ]);
  expect(new Date(runs[0]!.lastAt).getTime() - Date.now()).toBeGreaterThan(120_000);
  const { run } = runs[0]!;
  const other = await makeShop(house, 'The Other Shop');
  expect(dataOf(await other.operator.visitor.mutate('operations.stopRetryRun', { run }))).toEqual({ count: 0 });
  expect(dataOf(await mutate('operations.stopRetryRun', { run }))).toEqual({ count: 3 });
  expect(dataOf(await mutate('operations.stopRetryRun', { run }))).toEqual({ count: 0 });
  expect(await Promise.all(orders.map(stateOf))).toEqual(['accepted', 'failed', 'failed', 'failed']);
  expect((await readTraces(house.database.sql, orders[3]!.id)).stage).toBe('problem');
  const left = dataOf(await shop.viewer.visitor.query('operations.failures'));
  expect(left.runs).toEqual([]);
  expect(left.rows).toMatchObject([
    { code: 'SMTP_MAILBOX_UNKNOWN', count: 3, retryable: 3, sentence: expect.stringContaining('does not exist') },
    { code: 'SMTP_MAILBOX_FULL' },
  ]);
  dataOf(await mutate('operations.retryFailures', { name: NAME, code: 'SMTP_MAILBOX_UNKNOWN' }));
  await until('the rest to be accepted', async () =>
    (await Promise.all(orders.map(stateOf))).every((state) => state === 'accepted'),
  );
});

test('acknowledged failures wait for nobody: they leave the counts and the order’s problems, stay on the record, and can still be run again', async () => {
  expect(dataOf(await mutate('operations.acknowledgeFailures', { name: NAME, code: 'SMTP_MAILBOX_FULL' }))).toEqual({
    count: 2,
  });
  expect(await failures()).toEqual([]);
  expect(await waiting()).toMatchObject({ deliveries: { count: 0 }, jobs: { count: 0 } });
  const jobs = dataOf(await shop.viewer.visitor.query('operations.jobs', { tab: 'all' })).rows.filter(
    ({ state }) => state === 'failed',
  );
  expect(jobs.map(({ acknowledged }) => acknowledged)).toEqual([true, true]);
  expect(dataOf(await shop.viewer.visitor.query('operations.jobs', { tab: 'failed' })).rows).toEqual([]);
  const { id: orderId } = jobs[0]!.serves!;
  expect(dataOf(await shop.viewer.visitor.query('orders.rows', { ids: [orderId] })).rows).toMatchObject([
    { stage: 'closed', delivery: { state: 'failed', acknowledged: true } },
  ]);
  expect(dataOf(await shop.viewer.visitor.query('orders.get', { id: orderId })).deliveries).toMatchObject([
    { state: 'failed', acknowledged: true },
  ]);
  expect(
    dataOf(await shop.viewer.visitor.query('deliveries.list', { tab: 'all' }))
      .rows.filter(({ state }) => state === 'failed')
      .map(({ acknowledged }) => acknowledged),
  ).toEqual([true, true]);
  expect(await readTraces(house.database.sql, orderId)).toMatchObject({ status: 'approved', stage: 'closed' });
  dataOf(await mutate('operations.retryJob', { id: jobs[0]!.id }));
  await until(
    'the order to be delivered',
    async () => (await readTraces(house.database.sql, orderId)).stage === 'delivered',
  );
});

test('a resend that gets through takes the failure before it out of the problems', async () => {
  const [order] = await refused('rcpt', 1);
  const detail = dataOf(await shop.viewer.visitor.query('orders.get', { id: order!.id }));
  dataOf(await mutate('deliveries.resend', { id: detail.deliveries[0]!.id }));
  await until(
    'the order to be delivered',
    async () => (await readTraces(house.database.sql, order!.id)).stage === 'delivered',
  );
  expect(await failures()).toEqual([]);
  expect(await waiting()).toMatchObject({ deliveries: { count: 0 }, jobs: { count: 0 } });
});

test('the job of a message that was taken back is not run again: it would end well with nothing sent', async () => {
  await house.stopWorker();
  const order = await placeOrder(house, shop, { bundles: [bundle] });
  dataOf(await mutate('approvals.approve', { orderId: order.id }));
  const delivery = dataOf(await shop.viewer.visitor.query('orders.get', { id: order.id })).deliveries[0]!;
  dataOf(await mutate('deliveries.abort', { id: delivery.id }));
  expect((await mutate('operations.retryJob', { id: delivery.jobId })).error).toMatchObject({ code: 'INVALID_STATE' });
  await house.startWorker();
});

test('a mail server that is away costs nobody a try: everything waits, people see why, and all goes out when it is back', async () => {
  house.mail.fail({ mode: 'refuse-connections' });
  const orders: PlacedOrder[] = [];
  for (let i = 0; i < 12; i += 1) {
    const order = await placeOrder(house, shop, { bundles: [bundle] });
    dataOf(await mutate('approvals.approve', { orderId: order.id }));
    orders.push(order);
  }
  const trouble = await until('the breaker to open', async () => {
    const { breakers } = dataOf(await shop.viewer.visitor.query('operations.trouble'));
    return breakers[0] && breakers[0].held > 0 && breakers[0];
  });
  expect(trouble).toMatchObject({ title: expect.stringMatching(/^The mail server 127/), sentence: expect.any(String) });
  house.mail.fail({});
  await until('all to be delivered', async () => {
    const rows = await runSql<{ n: number }>(
      house,
      `select count(*)::int as n from customer_order where id = any($1) and stage = 'delivered'`,
      [orders.map(({ id }) => id)],
    );
    return rows[0]!.n === 12;
  });
  expect(dataOf(await shop.viewer.visitor.query('operations.trouble')).breakers).toEqual([]);
  const copies = orders.map(({ email }) => house.mail.mailsTo(email).length);
  expect(copies).toEqual(orders.map(() => 1));
});
