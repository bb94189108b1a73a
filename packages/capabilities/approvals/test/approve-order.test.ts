import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sumOf } from '@windlass/testkit/house/count-storage';
import { type Bundle, makeBundle } from '@windlass/testkit/house/make-bundle';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { placeOrder } from '@windlass/testkit/house/place-order';
import { readTraces } from '@windlass/testkit/house/read-traces';
import { runSql } from '@windlass/testkit/house/run-sql';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { dataOf, openVisitor } from '@windlass/testkit/house/visitor';

let house: House;
let shop: Shop;
let other: Shop;
let bundle: Bundle;

beforeAll(async () => {
  // Nobody sends what is queued: a connection to the mail server could only be the approval's own.
  house = await startHouse({ worker: false });
  [shop, other] = await Promise.all([makeShop(house, 'Paper & Signal'), makeShop(house, 'The Other Shop')]);
  bundle = await makeBundle(house, shop);
});
afterAll(() => house.close());

const place = () => placeOrder(house, shop, { bundles: [bundle] });
const approve = (input: object, visitor = shop.operator.visitor) => visitor.mutate('approvals.approve', input);
const traces = (orderId: string) => readTraces(house.database.sql, orderId);

const UNTOUCHED = {
  status: 'waiting',
  stage: 'waiting',
  version: 1,
  approvedBy: null,
  approved: false,
  notes: null,
  deliveries: [],
  jobs: [],
  decisions: [],
  audits: [],
};

// S0.1, S0.8
test('one approval writes the decision, its delivery, its job, its news and its audit row', async () => {
  const order = await place();
  dataOf(await approve({ orderId: order.id, notes: 'Looks good.' }));
  expect(await traces(order.id)).toEqual({
    status: 'approved',
    stage: 'moving',
    version: 2,
    approvedBy: shop.operator.id,
    approved: true,
    notes: 'Looks good.',
    deliveries: ['queued'],
    jobs: ['queued'],
    decisions: ['approval.approved'],
    audits: ['approvals.approve'],
  });
});

// S0.3
test('the approval answers success and that the link will be sent, while nothing has been sent', async () => {
  const order = await place();
  const decision = dataOf(await approve({ orderId: order.id, version: 1 }));
  expect(decision).toEqual({
    success: true,
    message: expect.stringContaining('will be sent via email shortly'),
    alreadyDone: false,
    orderId: order.id,
    number: order.number,
    version: 2,
    undoUntil: null,
  });
  expect((await traces(order.id)).deliveries).toEqual(['queued']);
});

// S0.4
test('the approval opens no connection to the mail server and touches no storage', async () => {
  const order = await place();
  const before = sumOf(house.server.storageCalls);
  dataOf(await approve({ orderId: order.id }));
  expect(house.mail.connections()).toBe(0);
  expect(sumOf(house.server.storageCalls)).toBe(before);
});

// S0.8
test('where the audit row cannot be written, nothing of the approval remains and the answer tells no insides', async () => {
  const order = await place();
  await runSql(
    house,
    `create function refuse_audit() returns trigger language plpgsql as $$ begin raise exception 'planted failure'; end $$`,
  );
  await runSql(
    house,
    'create trigger refuse_audit before insert on audit_entry for each row execute function refuse_audit()',
  );
  try {
    const answer = await approve({ orderId: order.id });
    expect([answer.status, answer.error?.code]).toEqual([500, 'INTERNAL']);
    expect(answer.text).not.toMatch(/planted|audit|\.ts|node_modules/);
    expect(answer.error!.requestId).toBe(answer.headers.get('x-request-id'));
  } finally {
    await runSql(house, 'drop function refuse_audit cascade');
  }
  expect(await traces(order.id)).toEqual(UNTOUCHED);
  dataOf(await approve({ orderId: order.id })); // and it can still be approved
});

// 3, S0.6
test('approving again answers the present state, and does nothing twice', async () => {
  const order = await place();
  dataOf(await approve({ orderId: order.id, notes: 'first' }));
  const before = await traces(order.id);
  const again = dataOf(await approve({ orderId: order.id, notes: 'second' }, shop.admin.visitor));
  expect(again).toMatchObject({ success: true, alreadyDone: true, number: order.number, version: 2 });
  expect(await traces(order.id)).toEqual(before);
});

// 1, 2
test('an unknown order and another shop’s order get the same answer', async () => {
  const theirs = await placeOrder(house, other);
  const missing = await approve({ orderId: 'ord_01jd0000000000000000000000' });
  const foreign = await approve({ orderId: theirs.id });
  expect([missing.status, missing.error]).toEqual([
    404,
    { code: 'NOT_FOUND', message: 'There is no such order.', requestId: expect.any(String), httpStatus: 404 },
  ]);
  expect([foreign.status, withoutRequestId(foreign.text)]).toEqual([404, withoutRequestId(missing.text)]);
  expect(await traces(theirs.id)).toEqual(UNTOUCHED);
});

const withoutRequestId = (text: string) => text.replace(/"requestId":"[^"]+"/, '"requestId":"-"');

// 4
test('a rejected order is not approved, and the answer says by whom it was rejected', async () => {
  const order = await place();
  dataOf(await shop.admin.visitor.mutate('approvals.reject', { orderId: order.id }));
  const answer = await approve({ orderId: order.id });
  expect([answer.status, answer.error?.code]).toEqual([409, 'INVALID_STATE']);
  expect(answer.error!.message).toContain(`rejected by ${shop.admin.name}`);
});

// 4
test('a cancelled order is not approved', async () => {
  const order = await place();
  await runSql(house, `update customer_order set status = 'cancelled', stage = 'closed' where id = $1`, [order.id]);
  const answer = await approve({ orderId: order.id });
  expect([answer.status, answer.error?.code]).toEqual([409, 'INVALID_STATE']);
});

// 5
test('an order none of whose lines has a bundle is refused and stays waiting', async () => {
  const order = await placeOrder(house, shop);
  const answer = await approve({ orderId: order.id });
  expect([answer.status, answer.error?.code]).toEqual([422, 'NOTHING_TO_DELIVER']);
  expect(await traces(order.id)).toEqual(UNTOUCHED);
});

// 5
test('an order whose only bundle has no file yet is refused: its mail would hold no link', async () => {
  const coming = await makeBundle(house, shop, { ready: false });
  const order = await placeOrder(house, shop, { bundles: [coming] });
  const answer = await approve({ orderId: order.id });
  expect([answer.status, answer.error?.code]).toEqual([422, 'NOTHING_TO_DELIVER']);
  expect(await traces(order.id)).toEqual(UNTOUCHED);
});

test('a bundle added under the SKU of a line after the order came is found: the refusal’s advice works', async () => {
  const sku = `LATE-${randomUUID()}`;
  const order = await placeOrder(house, shop, { bundles: [{ sku, name: 'Icons' }] });
  expect((await approve({ orderId: order.id })).error?.code).toBe('NOTHING_TO_DELIVER');
  const late = await makeBundle(house, shop);
  await runSql(house, 'update bundle set sku = $2 where id = $1', [late.id, sku]);
  expect(dataOf(await approve({ orderId: order.id }))).toMatchObject({ success: true, alreadyDone: false });
  const { lines } = dataOf(await shop.viewer.visitor.query('orders.get', { id: order.id }));
  expect(lines.map((line) => line.bundle?.id)).toEqual([late.id]);
});

test('a bundle of another shop under the same SKU is no line’s bundle', async () => {
  const sku = `THEIRS-${randomUUID()}`;
  const order = await placeOrder(house, shop, { bundles: [{ sku, name: 'Icons' }] });
  const theirs = await makeBundle(house, other);
  await runSql(house, 'update bundle set sku = $2 where id = $1', [theirs.id, sku]);
  expect((await approve({ orderId: order.id })).error?.code).toBe('NOTHING_TO_DELIVER');
});

test('an approval says which lines its mail will not hold: an unknown SKU, a file that is not there yet', async () => {
  const coming = await makeBundle(house, shop, { ready: false });
  const unknown = { sku: bundle.sku.toLowerCase(), name: 'The same in small letters' };
  const half = dataOf(await approve({ orderId: (await placeOrder(house, shop, { bundles: [bundle, unknown] })).id }));
  expect(half).toMatchObject({
    message: expect.stringContaining(`1 of its 2 lines has nothing to send: ${unknown.sku}.`),
    leftOut: expect.stringContaining(unknown.sku),
  });
  const third = dataOf(
    await approve({ orderId: (await placeOrder(house, shop, { bundles: [unknown, bundle, coming] })).id }),
  );
  expect(third.leftOut).toBe(`2 of its 3 lines have nothing to send: ${unknown.sku}, ${coming.sku}.`);
  expect(dataOf(await approve({ orderId: (await place()).id })).leftOut).toBeUndefined();
});

// 10
test.each([
  ['notes of 1 MB', { notes: 'x'.repeat(1_000_000) }, 413, 'TOO_LARGE'],
  ['notes of 2,001 characters', { notes: 'x'.repeat(2_001) }, 422, 'INVALID'],
  ['notes with a NUL', { notes: 'a\u0000b' }, 422, 'INVALID'],
  ['notes with half a character', { notes: 'a\ud800b' }, 422, 'INVALID'],
  ['notes that are no text', { notes: 5 }, 422, 'INVALID'],
  ['a version that is no whole number', { version: 1.5 }, 422, 'INVALID'],
  ['a version no database holds', { version: 2 ** 40 }, 422, 'INVALID'],
  ['a key nobody knows', { status: 'approved' }, 422, 'INVALID'],
])('%s: refused, and the order is untouched', async (_what, extra, status, code) => {
  const order = await place();
  const answer = await approve({ orderId: order.id, ...extra });
  expect([answer.status, answer.error?.code]).toEqual([status, code]);
  expect(await traces(order.id)).toEqual(UNTOUCHED);
});

test.each([
  ['no id', {}, 422],
  ['an id of 1,000 characters', { orderId: 'o'.repeat(1_000) }, 422],
  ['an id with a NUL', { orderId: 'ord_\u0000' }, 422],
  ['an id that is an object', { orderId: { $ne: '' } }, 422],
])('%s: refused before the database is asked', async (_what, input, status) => {
  const answer = await approve(input);
  expect([answer.status, answer.error?.code]).toEqual([status, 'INVALID']);
});

// 102
test('a decision on a version that is no longer the present one is refused', async () => {
  const order = await place();
  const answer = await approve({ orderId: order.id, version: 2 });
  expect([answer.status, answer.error?.code]).toEqual([409, 'STALE']);
  expect(await traces(order.id)).toEqual(UNTOUCHED);
});

// 11, S0.7
test('a viewer is refused with 403, nobody with 401, and the order is untouched', async () => {
  const order = await place();
  const viewer = await approve({ orderId: order.id }, shop.viewer.visitor);
  expect([viewer.status, viewer.error?.code]).toEqual([403, 'ROLE']);
  const nobody = await approve(
    { orderId: order.id },
    openVisitor(() => house.server.url),
  );
  expect([nobody.status, nobody.error?.code]).toEqual([401, 'SIGN_IN']);
  expect(await traces(order.id)).toEqual(UNTOUCHED);
});

test('two hundred approvals by two admins at once: one decides, 199 learn that it is done, and one mail is sent', async () => {
  const order = await place();
  const people = [shop.operator, shop.admin];
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, i) => approve({ orderId: order.id }, people[i % 2]!.visitor)),
  );
  const decisions = answers.map(dataOf);
  expect(decisions.filter((decision) => !decision.alreadyDone)).toHaveLength(1);
  expect(decisions.filter((decision) => decision.alreadyDone)).toHaveLength(199);
  expect(await traces(order.id)).toMatchObject({
    version: 2,
    deliveries: ['queued'],
    jobs: ['queued'],
    decisions: ['approval.approved'],
    audits: ['approvals.approve'],
  });

  await house.startWorker();
  await house.mail.mailTo(order.email);
  await house.stopWorker(); // whatever it had begun is done
  expect(house.mail.mailsTo(order.email)).toHaveLength(1);
  expect(await traces(order.id)).toMatchObject({ deliveries: ['accepted'], jobs: ['succeeded'], stage: 'delivered' });
});

test('approving against rejecting, fifty rounds: one of them wins, the other learns of it, and the history has one decision', async () => {
  const outcomes = { approved: 0, rejected: 0 };
  for (let round = 0; round < 50; round += 1) {
    const order = await place();
    const approval = () => approve({ orderId: order.id });
    const rejection = () => shop.admin.visitor.mutate('approvals.reject', { orderId: order.id });
    const answers = await Promise.all(round % 2 === 0 ? [approval(), rejection()] : [rejection(), approval()]);
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 409]);
    expect(answers.find((answer) => answer.status === 409)!.error!.code).toBe('INVALID_STATE');

    const { status, version, decisions, audits, deliveries, jobs } = await traces(order.id);
    const won = status as keyof typeof outcomes;
    outcomes[won] += 1;
    expect({ version, decisions, audits }).toEqual({
      version: 2,
      decisions: [`approval.${won}`],
      audits: [won === 'approved' ? 'approvals.approve' : 'approvals.reject'],
    });
    expect([deliveries, jobs]).toEqual(won === 'approved' ? [['queued'], ['queued']] : [[], []]);
  }
  expect(outcomes.approved + outcomes.rejected).toBe(50);
});
