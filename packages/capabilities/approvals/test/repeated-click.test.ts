import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeBundle } from '@windlass/testkit/house/make-bundle';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { placeOrder } from '@windlass/testkit/house/place-order';
import { runSql } from '@windlass/testkit/house/run-sql';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { dataOf } from '@windlass/testkit/house/visitor';

let house: House;
let shop: Shop;

beforeAll(async () => {
  house = await startHouse({ worker: false, undoSeconds: 10 });
  shop = await makeShop(house, 'Paper & Signal');
});
afterAll(() => house.close());

const place = async () => (await placeOrder(house, shop, { bundles: [await makeBundle(house, shop)] })).id;
const click = (verb: 'approve' | 'reject' | 'undo', orderId: string, key: string) =>
  shop.operator.visitor.mutate(`approvals.${verb}`, { orderId }, { 'idempotency-key': key });
const decisionsOn = async (orderId: string) =>
  (
    await runSql<{ n: number }>(
      house,
      `select count(*)::int as n from audit_entry where subject = $1 and action like 'approvals.%'`,
      [orderId],
    )
  )[0]!.n;
const fresh = expect.objectContaining({ alreadyDone: false });

test('a click whose answer was lost and that is sent again under its key gets the first answer, word for word, and does nothing', async () => {
  const orderId = await place();
  const answers = [await click('approve', orderId, 'click-1'), await click('approve', orderId, 'click-1')];
  expect(dataOf(answers[0]!)).toMatchObject({ alreadyDone: false, undoUntil: expect.any(String) });
  expect(answers[1]!.text).toBe(answers[0]!.text);
  expect(await decisionsOn(orderId)).toBe(1);

  const undone = [await click('undo', orderId, 'click-2'), await click('undo', orderId, 'click-2')];
  expect(undone.map(({ status }) => status)).toEqual([200, 200]);
  const rejected = [await click('reject', orderId, 'click-3'), await click('reject', orderId, 'click-3')];
  expect(rejected[1]!.text).toBe(rejected[0]!.text);
  expect(dataOf(rejected[1]!)).toEqual(fresh);
  expect(await decisionsOn(orderId)).toBe(3);
});

test('twenty tries of one click at once are one click', async () => {
  const orderId = await place();
  const answers = await Promise.all(Array.from({ length: 20 }, () => click('approve', orderId, 'impatient')));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(dataOf(answers[0]!)).toEqual(fresh);
  expect(await decisionsOn(orderId)).toBe(1);
});

test('a key belongs to one click of one person: another order under it is refused, another person’s key is another key', async () => {
  const [first, second] = [await place(), await place()];
  dataOf(await click('approve', first, 'mine'));
  expect((await click('approve', second, 'mine')).error?.code).toBe('KEY_REUSED');
  const other = await shop.admin.visitor.mutate(
    'approvals.approve',
    { orderId: second },
    { 'idempotency-key': 'mine' },
  );
  expect(dataOf(other).alreadyDone).toBe(false);
  expect((await click('approve', second, 'with a space')).error?.code).toBe('BAD_IDEMPOTENCY_KEY');
});

test('a refused click keeps no answer: it may be tried again when what stood against it is gone', async () => {
  const orderId = await place();
  await runSql(house, `update customer_order set status = 'rejected', stage = 'closed' where id = $1`, [orderId]);
  expect((await click('approve', orderId, 'early')).error?.code).toBe('INVALID_STATE');
  await runSql(house, `update customer_order set status = 'waiting', stage = 'waiting' where id = $1`, [orderId]);
  expect(dataOf(await click('approve', orderId, 'early'))).toEqual(fresh);
});

test('without a key the second click is told that it is done already', async () => {
  const orderId = await place();
  const answers = [1, 2].map(() => shop.operator.visitor.mutate('approvals.approve', { orderId }));
  expect((await Promise.all(answers)).map((answer) => dataOf(answer).alreadyDone).toSorted()).toEqual([false, true]);
});
