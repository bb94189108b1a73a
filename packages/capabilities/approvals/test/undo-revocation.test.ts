import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { openCustomer } from '@windlass/testkit/house/open-customer';
import { openPortal } from '@windlass/testkit/house/open-portal';
import { placeOrder } from '@windlass/testkit/house/place-order';
import { runSql } from '@windlass/testkit/house/run-sql';
import { sendBundle } from '@windlass/testkit/house/send-bundle';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { type RunningServer, startServer } from '@windlass/testkit/house/start-server';
import { dataOf, openVisitor, type Visitor } from '@windlass/testkit/house/visitor';

let house: House;
let shop: Shop;
/** With half a minute to undo, while the house beside it mails at once. */
let patient: RunningServer;
let operator: Visitor;
let stranger: Visitor;

beforeAll(async () => {
  house = await startHouse();
  shop = await makeShop(house, 'Paper & Signal');
  const other = await makeShop(house, 'The Other Shop');
  patient = await startServer({ ...house.common, undoSeconds: 30 });
  operator = openVisitor(() => patient.url, shop.operator.visitor.cookie);
  stranger = openVisitor(() => patient.url, other.operator.visitor.cookie);
});
afterAll(async () => {
  await patient.stop();
  await house.close();
});

const timelineOf = async (id: string) =>
  dataOf(await operator.query('orders.get', { id })).timeline.map(({ type }) => type);
const auditsOf = async (subject: string) =>
  (
    await runSql<{ action: string }>(house, 'select action from audit_entry where subject = $1 order by at, id', [
      subject,
    ])
  ).map(({ action }) => action);

test('a revoked download link opens nothing; undone within its seconds, the same link opens again', async () => {
  const sent = await sendBundle(house, shop);
  const customer = openCustomer(house);
  const { undoUntil } = dataOf(await operator.mutate('approvals.revokeLink', { linkId: sent.linkId }));
  expect(Date.parse(undoUntil!) - Date.now()).toBeGreaterThan(5_000);
  expect((await customer.open(sent.page)).status).toBe(410);
  expect((await customer.open(sent.file)).status).toBe(410);
  expect((await stranger.mutate('approvals.restoreLink', { linkId: sent.linkId })).error?.code).toBe('NOT_FOUND');
  expect(dataOf(await operator.mutate('approvals.restoreLink', { linkId: sent.linkId }))).toEqual({ state: 'active' });
  expect((await customer.open(sent.file)).sha256).toBe(sent.bundle.sha256);
  expect((await timelineOf(sent.id)).filter((type) => type.startsWith('link.re'))).toEqual([
    'link.revoked',
    'link.restored',
  ]);
  expect(await auditsOf(sent.linkId)).toEqual(['approvals.revoke-link', 'approvals.restore-link']);
  // Nothing is revoked any more that could be undone once more.
  expect((await operator.mutate('approvals.restoreLink', { linkId: sent.linkId })).error?.code).toBe('TOO_LATE');
});

test('a revocation cannot be undone when its seconds have passed, or when its customer was erased meanwhile', async () => {
  const [late, erased] = [await sendBundle(house, shop), await sendBundle(house, shop)];
  for (const { linkId } of [late, erased]) dataOf(await operator.mutate('approvals.revokeLink', { linkId }));
  await runSql(house, `update download_link set revoked_at = revoked_at - interval '31 seconds' where id = $1`, [
    late.linkId,
  ]);
  await runSql(house, 'update customer_order set erased_at = now() where id = $1', [erased.id]);
  for (const { linkId, page } of [late, erased]) {
    expect((await operator.mutate('approvals.restoreLink', { linkId })).error?.code).toBe('TOO_LATE');
    expect((await openCustomer(house).open(page)).status).toBe(410);
  }
  // Revoked once more it is no younger.
  expect(dataOf(await operator.mutate('approvals.revokeLink', { linkId: late.linkId })).undoUntil).toBeNull();
});

test('with UNDO_SECONDS=0 neither closing can be undone', async () => {
  const sent = await sendBundle(house, shop);
  const { visitor } = shop.operator;
  expect(dataOf(await visitor.mutate('approvals.revokeLink', { linkId: sent.linkId })).undoUntil).toBeNull();
  expect((await visitor.mutate('approvals.restoreLink', { linkId: sent.linkId })).error?.code).toBe('TOO_LATE');
  dataOf(await visitor.mutate('artwork.makeLink', { orderId: sent.id }));
  expect(dataOf(await visitor.mutate('artwork.revokeLink', { orderId: sent.id })).undoUntil).toBeNull();
  expect((await visitor.mutate('artwork.restoreLink', { orderId: sent.id })).error?.code).toBe('TOO_LATE');
});

test('a closed artwork link opens nothing; undone within its seconds, the same link opens again; one closed long before stays so', async () => {
  const { id: orderId } = await placeOrder(house, shop);
  const open = async () =>
    openPortal(house, dataOf(await operator.mutate('artwork.makeLink', { orderId })).url!.split('/a/')[1]!);
  const former = await open();
  dataOf(await operator.mutate('artwork.revokeLink', { orderId }));
  await runSql(house, `update artwork_link set revoked_at = revoked_at - interval '31 seconds' where order_id = $1`, [
    orderId,
  ]);
  const portal = await open();
  expect(Date.parse(dataOf(await operator.mutate('artwork.revokeLink', { orderId })).undoUntil!)).toBeGreaterThan(
    Date.now(),
  );
  expect((await portal.ask('read', {})).status).toBe(410);
  expect((await stranger.mutate('artwork.restoreLink', { orderId })).error?.code).toBe('NOT_FOUND');
  dataOf(await operator.mutate('artwork.restoreLink', { orderId }));
  expect((await portal.ask('read', {})).status).toBe(200);
  expect((await former.ask('read', {})).status).toBe(410);
  expect((await timelineOf(orderId)).filter((type) => type.startsWith('artwork.link'))).toEqual([
    'artwork.link-revoked',
    'artwork.link-revoked',
    'artwork.link-restored',
  ]);
  // Nothing was open: nothing is offered to be undone.
  dataOf(await operator.mutate('artwork.revokeLink', { orderId }));
  expect(dataOf(await operator.mutate('artwork.revokeLink', { orderId })).undoUntil).toBeNull();
});
