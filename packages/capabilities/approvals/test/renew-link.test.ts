import { until } from '@windlass/testkit/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { linksIn } from '@windlass/testkit/house/links-in';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { openCustomer } from '@windlass/testkit/house/open-customer';
import { runSql } from '@windlass/testkit/house/run-sql';
import { type SentBundle, sendBundle } from '@windlass/testkit/house/send-bundle';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { dataOf } from '@windlass/testkit/house/visitor';

let house: House;
let shop: Shop;

beforeAll(async () => {
  house = await startHouse({ trustProxy: true });
  shop = await makeShop(house, 'Paper & Signal');
});
afterAll(() => house.close());

const sql = (text: string, values: unknown[]) => runSql(house, text, values);
const expire = (sent: SentBundle) =>
  sql(`update download_link set expires_at = now() - interval '1 second' where order_id = $1`, [sent.id]);
const renew = (sent: Pick<SentBundle, 'page'>, headers: Record<string, string> = {}) =>
  openCustomer(house).open(`${sent.page}/renew`, { method: 'POST', headers });
const deliveries = async (sent: SentBundle) =>
  (await sql('select recipient from delivery where order_id = $1 order by created_at, id', [sent.id])).map(
    (row) => row.recipient,
  );

// S0.24
test('an expired link’s page mails new links to the order’s own address, and they open', async () => {
  const sent = await sendBundle(house, shop);
  await expire(sent);
  const answer = await renew(sent, { 'content-type': 'application/x-www-form-urlencoded' });
  expect(answer.status).toBe(200);
  expect(answer.text).not.toContain(sent.email); // whoever asks learns no address
  const mail = await house.mail.mailTo(sent.email, 2);
  expect(mail.subject).toBe(`New links for your order #${sent.number}`);
  expect(mail.envelope.to).toEqual([sent.email]);
  const page = new URL(linksIn(mail.text)[0]!).pathname;
  expect(page).not.toBe(sent.page);
  const customer = openCustomer(house);
  expect([(await customer.open(page)).status, (await customer.open(sent.page)).status]).toEqual([200, 410]);
});

test('an order that was closed over a failure is under way again with a renewal, and delivered by it', async () => {
  const sent = await sendBundle(house, shop);
  await sql(`update customer_order set stage = 'closed' where id = $1`, [sent.id]);
  await expire(sent);
  await renew(sent);
  await house.mail.mailTo(sent.email, 2);
  await until(
    'its order to be delivered',
    async () => (await sql('select stage from customer_order where id = $1', [sent.id]))[0]!.stage === 'delivered',
  );
});

test('twenty who ask at once get one mail', async () => {
  const sent = await sendBundle(house, shop);
  await expire(sent);
  const answers = await Promise.all(Array.from({ length: 20 }, () => renew(sent)));
  expect(new Set(answers.map((answer) => `${answer.status} ${answer.text}`)).size).toBe(1);
  expect(await deliveries(sent)).toEqual([sent.email, sent.email]);
});

test('within ten minutes of a renewal there is no other, whatever the clock shows; after them there is', async () => {
  const sent = await sendBundle(house, shop);
  await expire(sent);
  await renew(sent);
  for (const age of ['1 minute', '9 minutes 50 seconds']) {
    await sql(`update delivery set created_at = now() - $2::interval where order_id = $1`, [sent.id, age]);
    await expire(sent);
    expect((await renew(sent)).status).toBe(200);
    expect(await deliveries(sent)).toHaveLength(2);
  }
  await sql(`update delivery set created_at = now() - interval '10 minutes 1 second' where order_id = $1`, [sent.id]);
  await renew(sent);
  expect(await deliveries(sent)).toHaveLength(3);
});

test.each([
  ['a link that still works', async () => {}],
  [
    'a revoked link',
    (sent: SentBundle) =>
      sql('update download_link set revoked_at = now(), expires_at = now() where id = $1', [sent.linkId]),
  ],
  [
    'a link of an order that is no longer approved',
    async (sent: SentBundle) => {
      await expire(sent);
      await sql(`update customer_order set status = 'cancelled' where id = $1`, [sent.id]);
    },
  ],
])('%s mails nothing, and its page does not say so', async (_what, prepare) => {
  const [sent, expired] = await Promise.all([sendBundle(house, shop), sendBundle(house, shop)]);
  await Promise.all([prepare(sent), expire(expired)]);
  const [answer, ordinary] = await Promise.all([renew(sent), renew(expired)]);
  expect([answer.status, answer.text]).toEqual([200, ordinary.text]);
  await house.mail.mailTo(expired.email, 2);
  expect(await deliveries(sent)).toEqual([sent.email]);
});

test('a used-up link can be renewed too, and the renewal is written down as the customer’s', async () => {
  const sent = await sendBundle(house, shop);
  await sql('update download_link set downloads = max_downloads where id = $1', [sent.linkId]);
  await renew(sent);
  await house.mail.mailTo(sent.email, 2);
  const audits = await until('the audit row', () =>
    sql(`select actor_kind from audit_entry where action = 'approvals.renew-link' and subject = $1`, [sent.id]),
  );
  expect(audits).toEqual([{ actor_kind: 'customer' }]);
});

/** Every mail that was caused so far, `hours` further in the past. */
const age = (sent: SentBundle, hours: number) =>
  sql(`update delivery set created_at = created_at - make_interval(hours => $2) where order_id = $1`, [sent.id, hours]);
const renewalsOf = async (sent: SentBundle) =>
  (await sql(`select 1 from delivery where order_id = $1 and dedupe_key like '%:renewed:%'`, [sent.id])).length;

test('somebody who asks day and night gets three mails a day and ten in all; the pages say so; then only the shop can send more', async () => {
  const sent = await sendBundle(house, shop);
  await expire(sent);
  const customer = openCustomer(house);
  const ask = async (times: number) => {
    for (let n = 0; n < times; n += 1) {
      expect((await customer.open(`${sent.page}/renew`, { method: 'POST' })).text).toContain(
        'at most 3 such mails a day and 10 for one order',
      );
      await age(sent, 1); // past the ten minutes
    }
  };
  expect((await customer.open(sent.page)).text).toMatch(/up to 3 times a day and 10 times in all/);
  await ask(6);
  expect(await renewalsOf(sent)).toBe(3);
  for (let day = 0; day < 5; day += 1) {
    await age(sent, 24);
    await ask(4);
  }
  expect(await renewalsOf(sent)).toBe(10);
  await until(
    'the mails to be sent',
    async () =>
      (await sql(`select 1 from delivery where order_id = $1 and state <> 'accepted'`, [sent.id])).length === 0,
  );
  dataOf(await shop.operator.visitor.mutate('deliveries.resend', { id: sent.deliveryId }));
  await ask(1);
  expect(await renewalsOf(sent)).toBe(11);
});
