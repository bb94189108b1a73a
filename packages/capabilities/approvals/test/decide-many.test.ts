import { randomUUID } from 'node:crypto';
import { until } from '@windlass/testkit/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertOrders } from '@windlass/testkit/house/insert-orders';
import { type Bundle, makeBundle } from '@windlass/testkit/house/make-bundle';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { runSql } from '@windlass/testkit/house/run-sql';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { dataOf, type ProcedureName } from '@windlass/testkit/house/visitor';

let house: House;
let shop: Shop;
let other: Shop;
let bundle: Bundle;

beforeAll(async () => {
  house = await startHouse({ undoSeconds: 20 });
  [shop, other] = await Promise.all([makeShop(house, 'Paper & Signal'), makeShop(house, 'The Other Shop')]);
  bundle = await makeBundle(house, shop);
});
afterAll(() => house.close());

const mutate = <Name extends ProcedureName>(name: Name, input: object) => shop.operator.visitor.mutate(name, input);
const click = () => randomUUID();
const many = (count: number, name: string) =>
  insertOrders(
    house,
    shop.id,
    Array.from({ length: count }, () => ({ bundles: [bundle], name })),
  );
const allNamed = (search: string) => ({ allWaiting: { search }, requestKey: click() });
const batchOf = async (batchId: string) => dataOf(await shop.viewer.visitor.query('approvals.batch', { batchId }));
const ended = (batchId: string) =>
  until('the batch to end', async () => {
    const batch = await batchOf(batchId);
    return batch.state !== 'running' && batch;
  });
const count = async (sql: string, values: unknown[]) =>
  Number((await runSql<{ n: string }>(house, `select count(*) as n from ${sql}`, values))[0]!.n);
const statuses = async (ids: string[]) => {
  const rows = await runSql<{ status: string; n: number }>(
    house,
    'select status, count(*)::int as n from customer_order where id = any($1) group by 1',
    [ids],
  );
  return Object.fromEntries(rows.map(({ status, n }) => [status, n]));
};

test('all that wait are approved by one click: each with its one delivery, held back until the batch’s undo ends', async () => {
  const ids = await many(250, 'Harbour');
  expect(dataOf(await shop.viewer.visitor.query('approvals.waitingCount', { search: 'harbour' }))).toEqual({
    count: 250,
    most: 10_000,
  });
  const { id, total, undoUntil } = dataOf(await mutate('approvals.approveMany', allNamed('harbour')));
  expect(total).toBe(250);
  expect(await ended(id)).toMatchObject({
    state: 'done',
    total: 250,
    done: 250,
    skipped: 0,
    refused: 0,
    moving: 250,
    undoUntil,
  });
  expect(await statuses(ids)).toEqual({ approved: 250 });
  const held = await runSql(
    house,
    `select order_id from delivery where order_id = any($1) and state = 'withheld'
      and abs(extract(epoch from held_until - $2::timestamptz)) < 0.01`,
    [ids, undoUntil],
  );
  expect(held).toHaveLength(250);
  dataOf(await mutate('approvals.undoBatch', { batchId: id }));
});

test('a batch finds bundles that were added under the SKUs of its lines after the orders came', async () => {
  const late = await makeBundle(house, shop);
  const ids = await insertOrders(house, shop.id, [
    { bundles: [late], name: 'Kelp' },
    { bundles: [late], name: 'Kelp' },
  ]);
  await runSql(house, 'update order_line set bundle_id = null where order_id = any($1)', [ids]);
  const { id } = dataOf(await mutate('approvals.approveMany', { orderIds: ids, requestKey: click() }));
  expect(await ended(id)).toMatchObject({ state: 'done', done: 2, refused: 0 });
  dataOf(await mutate('approvals.undoBatch', { batchId: id }));
});

test('an undo takes the whole batch back: every order waits again, no mail is left to be sent', async () => {
  const ids = await many(120, 'Juniper');
  const { id } = dataOf(await mutate('approvals.approveMany', allNamed('juniper')));
  await ended(id);
  expect(dataOf(await mutate('approvals.undoBatch', { batchId: id }))).toMatchObject({
    undone: 120,
    message: '120 orders wait again. Nothing was sent.',
  });
  expect(await statuses(ids)).toEqual({ waiting: 120 });
  expect(await count(`delivery where order_id = any($1) and state <> 'aborted'`, [ids])).toBe(0);
  expect(
    await count(
      `event u join event a on a.subject = u.subject and a.type = 'delivery.aborted'
        where u.subject = any($1) and u.type = 'approval.undone' and u.seq < a.seq`,
      [ids],
    ),
  ).toBe(120);
  expect(await count(`job where subject = any($1) and state <> 'cancelled'`, [ids])).toBe(0);
  expect(await batchOf(id)).toMatchObject({ state: 'undone', done: 0, undoUntil: null });
  expect((await mutate('approvals.undoBatch', { batchId: id })).error).toMatchObject({ code: 'TOO_LATE' });
});

test('an undo in the midst of the batch leaves nothing approved', async () => {
  const ids = await many(900, 'Midway');
  const { id } = dataOf(await mutate('approvals.approveMany', allNamed('midway')));
  await until('the first chunk', async () => (await batchOf(id)).done > 0);
  dataOf(await mutate('approvals.undoBatch', { batchId: id }));
  await until(
    'its job to stop',
    async () => (await count(`job where subject = $1 and state in ('cancelled', 'succeeded')`, [id])) === 1,
  );
  expect(await statuses(ids)).toEqual({ waiting: 900 });
});

test('who was decided otherwise, decided the same, or has nothing to send is told apart; the rest goes on', async () => {
  const [rejected, approved, bare, ...good] = [
    ...(await many(2, 'Mixed')),
    ...(await insertOrders(house, shop.id, [{ name: 'Mixed' }])),
    ...(await many(5, 'Mixed')),
  ];
  dataOf(await mutate('approvals.reject', { orderId: rejected }));
  dataOf(await mutate('approvals.approve', { orderId: approved }));
  const orderIds = [rejected, approved, bare, ...good, good[0]];
  const { id, total } = dataOf(await mutate('approvals.approveMany', { orderIds, requestKey: click() }));
  expect(total).toBe(8); // the one named twice is one
  const batch = await ended(id);
  expect(batch).toMatchObject({ state: 'partial', done: 5, skipped: 1, refused: 2 });
  expect(
    batch.refusals
      .map(({ code, count: n, orders }: { code: string; count: number; orders: { id: string }[] }) => [
        code,
        n,
        orders[0]!.id,
      ])
      .sort(),
  ).toEqual([
    ['INVALID_STATE', 1, rejected],
    ['NOTHING_TO_DELIVER', 1, bare],
  ]);
  expect(await count('delivery where order_id = any($1)', [orderIds])).toBe(6);
});

test('one click sent twice is one batch, even in the same instant', async () => {
  await many(30, 'Twice');
  const input = allNamed('twice');
  const answers = await Promise.all([
    mutate('approvals.approveMany', input),
    mutate('approvals.approveMany', input),
    mutate('approvals.approveMany', input),
  ]);
  expect(new Set(answers.map((answer) => dataOf(answer).id)).size).toBe(1);
  await ended(dataOf(answers[0]!).id);
  expect((await mutate('approvals.approveMany', { ...input, notes: 'another' })).error).toMatchObject({
    code: 'KEY_REUSED',
  });
});

test('two people’s batches with the same orders decide each order once', async () => {
  const ids = await many(300, 'Shared');
  const [one, two] = await Promise.all([
    mutate('approvals.approveMany', { orderIds: ids, requestKey: click() }),
    shop.admin.visitor.mutate('approvals.rejectMany', { orderIds: [...ids].reverse(), requestKey: click() }),
  ]);
  const [approve, reject] = await Promise.all([ended(dataOf(one!).id), ended(dataOf(two!).id)]);
  expect(approve.done + reject.done).toBe(300);
  expect(approve.refused).toBe(reject.done);
  expect(await count('delivery where order_id = any($1)', [ids])).toBe(approve.done);
});

test('rejecting many is undone like approving, but not what somebody decided since', async () => {
  const ids = await many(40, 'Refuse');
  const { id } = dataOf(await mutate('approvals.rejectMany', allNamed('refuse')));
  await ended(id);
  expect(await statuses(ids)).toEqual({ rejected: 40 });
  dataOf(await mutate('approvals.undo', { orderId: ids[0] }));
  dataOf(await mutate('approvals.approve', { orderId: ids[0] }));
  expect(dataOf(await mutate('approvals.undoBatch', { batchId: id })).undone).toBe(39);
  expect(await statuses(ids)).toEqual({ waiting: 39, approved: 1 });
});

test('a stopped batch keeps what it decided and leaves the rest waiting; stopping its job is the same', async () => {
  for (const byJob of [false, true]) {
    const ids = await many(1500, 'Halt');
    const batch = dataOf(await mutate('approvals.approveMany', { orderIds: ids, requestKey: click() }));
    await until('the first chunk', async () => (await batchOf(batch.id)).done > 0);
    if (byJob) dataOf(await mutate('operations.cancelJob', { id: batch.jobId }));
    else dataOf(await mutate('approvals.stopBatch', { batchId: batch.id }));
    const { done, state } = await batchOf(batch.id);
    expect(state).toBe('stopped');
    expect(done).toBeLessThan(1500);
    await until(
      'its job to stop',
      async () => (await count(`job where id = $1 and state in ('cancelled', 'succeeded')`, [batch.jobId])) === 1,
    );
    expect(await statuses(ids)).toEqual({ approved: done, waiting: 1500 - done });
  }
});

test('a worker stopped in the midst of a batch leaves no half: another goes on where it was', async () => {
  const ids = await many(2000, 'Killed');
  const { id } = dataOf(await mutate('approvals.approveMany', { orderIds: ids, requestKey: click() }));
  await until('the first chunk', async () => (await batchOf(id)).done > 0);
  await house.stopWorker();
  const { done } = await batchOf(id);
  expect(done % 100).toBe(0);
  expect(await statuses(ids)).toEqual({ approved: done, ...(done < 2000 && { waiting: 2000 - done }) });
  await house.startWorker();
  expect(await ended(id)).toMatchObject({ state: 'done', done: 2000 });
  expect(await count('delivery where order_id = any($1)', [ids])).toBe(2000);
  dataOf(await mutate('approvals.undoBatch', { batchId: id }));
});

test('nothing that waits, too many, and what is not there are refused in words', async () => {
  expect((await mutate('approvals.approveMany', allNamed('nobody of this name'))).error).toMatchObject({
    code: 'NOTHING_WAITS',
  });
  expect((await mutate('approvals.approveMany', { orderIds: [], requestKey: click() })).error).toMatchObject({
    code: 'INVALID',
  });
  const foreign = await insertOrders(house, other.id, [{ name: 'Foreign' }]);
  expect((await mutate('approvals.approveMany', { orderIds: foreign, requestKey: click() })).error).toMatchObject({
    code: 'NOT_FOUND',
  });
  const [own] = await many(1, 'Own');
  const { id, total } = dataOf(
    await mutate('approvals.approveMany', { orderIds: [own, ...foreign], requestKey: click() }),
  );
  expect(total).toBe(1);
  await ended(id);
  expect(await statuses(foreign)).toEqual({ waiting: 1 });
  expect((await other.viewer.visitor.query('approvals.batch', { batchId: id })).error).toMatchObject({
    code: 'NOT_FOUND',
  });
});
