import { createHash } from 'node:crypto';
import { until } from '@windlass/testkit/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { linksIn } from '@windlass/testkit/house/links-in';
import { makeBundle } from '@windlass/testkit/house/make-bundle';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { openCustomer } from '@windlass/testkit/house/open-customer';
import { openPortal } from '@windlass/testkit/house/open-portal';
import { placeOrder } from '@windlass/testkit/house/place-order';
import { runSql } from '@windlass/testkit/house/run-sql';
import { sendBundle } from '@windlass/testkit/house/send-bundle';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { dataOf } from '@windlass/testkit/house/visitor';

let house: House;
let shop: Shop;

beforeAll(async () => {
  house = await startHouse({ trustProxy: true });
  shop = await makeShop(house, 'Paper & Signal');
});
afterAll(() => house.close());

/** As if a link had been made under another LINK_SECRET: its token is not the one we derive. */
const madeUnderAnother = (table: 'download_link' | 'artwork_link' | 'account_link') =>
  runSql(house, `update ${table} set token_hash = sha256(token_hash)`);
const statusOf = async (url: string) => (await openCustomer(house).open(new URL(url).pathname)).status;

test('a mail that is sent again after LINK_SECRET was lost carries links that open', async () => {
  const bundle = await makeBundle(house, shop);
  const { id, email } = await placeOrder(house, shop, { bundles: [bundle] });
  house.mail.fail({ mode: 'reject-5xx', recipients: [email] });
  dataOf(await shop.operator.visitor.mutate('approvals.approve', { orderId: id }));
  const [delivery] = await until('the delivery to fail', async () => {
    const found = await runSql<{ id: string }>(
      house,
      `select id from delivery where order_id = $1 and state = 'failed'`,
      [id],
    );
    return found.length > 0 && found;
  });
  await madeUnderAnother('download_link');
  house.mail.fail({});
  dataOf(await shop.operator.visitor.mutate('deliveries.retry', { id: delivery!.id }));
  const [url] = linksIn((await house.mail.mailTo(email)).text);
  expect(await statusOf(url!)).toBe(200);
});

test('a copied link says why it cannot be copied, and the mail sent anew carries one that can', async () => {
  const sent = await sendBundle(house, shop);
  const copy = async () => shop.operator.visitor.mutate('approvals.copyLink', { linkId: sent.linkId });
  await madeUnderAnother('download_link');
  expect((await copy()).error).toMatchObject({
    code: 'LINK_SECRET_CHANGED',
    message: expect.stringContaining('Resend the mail'),
  });
  dataOf(await shop.operator.visitor.mutate('deliveries.resend', { id: sent.deliveryId }));
  const [url] = linksIn((await house.mail.mailTo(sent.email, 2)).text);
  expect(await statusOf(url!)).toBe(200);
});

test('a customer’s link for artwork is made anew, and the one they have goes on opening', async () => {
  const { id } = await placeOrder(house, shop);
  const make = async () => dataOf(await shop.operator.visitor.mutate('artwork.makeLink', { orderId: id })).url;
  expect(await make()).toBe(await make());
  await madeUnderAnother('artwork_link');
  const url = await make();
  expect(await make()).toBe(url);
  expect((await openPortal(house, url.split('/').at(-1)!).read()).artworks).toEqual([]);
  expect(
    await runSql(house, 'select 1 from artwork_link where order_id = $1 and revoked_at is null', [id]),
  ).toHaveLength(2);
});

test('a mail with which somebody chooses a password carries a token that opens, whatever the secret was when it was asked for', async () => {
  const { email } = shop.viewer;
  house.mail.fail({ mode: 'reject-5xx', recipients: [email] });
  await openCustomer(house).open('/api/forgot-password', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email }),
  });
  const delivery = await until('the mail to fail', async () => {
    const { rows } = dataOf(await shop.operator.visitor.query('deliveries.list', { search: email }));
    return rows[0]?.state === 'failed' && rows[0];
  });
  await madeUnderAnother('account_link');
  house.mail.fail({});
  dataOf(await shop.operator.visitor.mutate('deliveries.retry', { id: delivery.id }));
  const token = /reset#([\w-]+)/.exec((await house.mail.mailTo(email)).text)![1]!;
  const found = await runSql(house, 'select 1 from account_link where token_hash = $1', [
    createHash('sha256').update(token).digest(),
  ]);
  expect(found).toHaveLength(1);
});
