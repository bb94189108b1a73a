import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { type Customer, openCustomer } from '@windlass/testkit/house/open-customer';
import { type SentBundle, sendBundle } from '@windlass/testkit/house/send-bundle';
import { runSql } from '@windlass/testkit/house/run-sql';
import { type House, startHouse } from '@windlass/testkit/house/start-house';

let house: House;
let shop: Shop;
let sent: SentBundle;
let customer: Customer;

beforeAll(async () => {
  house = await startHouse({ trustProxy: true });
  shop = await makeShop(house, 'Paper & Signal');
});
afterAll(() => house.close());
beforeEach(async () => {
  sent = await sendBundle(house, shop);
  customer = openCustomer(house);
});

const part = (range: string, who = customer) => who.open(sent.file, { headers: { range } });
const downloads = async () =>
  (await runSql<{ downloads: number }>(house, 'select downloads from download_link where id = $1', [sent.linkId]))[0]!
    .downloads;

// 20
test('a part is answered 206 with its place, and parts make the whole', async () => {
  const size = sent.bundle.bytes.length;
  const first = await part('bytes=0-99');
  expect([first.status, first.headers.get('content-range'), first.headers.get('content-length')]).toEqual([
    206,
    `bytes 0-99/${size}`,
    '100',
  ]);
  const rest = await part('bytes=100-');
  expect([rest.status, rest.headers.get('content-range')]).toEqual([206, `bytes 100-${size - 1}/${size}`]);
  expect(Buffer.concat([first.bytes, rest.bytes]).equals(sent.bundle.bytes)).toBe(true);
});

test.each(['expires_at = now()', 'revoked_at = now()'])('with %s not even who began may go on', async (change) => {
  await part('bytes=0-99');
  await runSql(house, `update download_link set ${change} where id = $1`, [sent.linkId]);
  expect((await part('bytes=100-')).status).toBe(410);
  expect((await part('bytes=9999999-')).status).toBe(410);
});

// 20
test.each(['bytes=9999999-', 'bytes=9999999-10000000', 'bytes=-0'])(
  '%s is answered 416 with the size, and counts nothing',
  async (range) => {
    const answer = await part(range);
    expect([answer.status, answer.headers.get('content-range'), answer.bytes.length]).toEqual([
      416,
      `bytes */${sent.bundle.bytes.length}`,
      0,
    ]);
    expect(await downloads()).toBe(0);
  },
);

// 20
test.each([
  ['a thousand ranges', `bytes=${Array.from({ length: 1_000 }, (_, i) => `${i}-${i}`).join(',')}`],
  ['an end before its start', 'bytes=20-10'],
  ['another unit', 'lines=1-2'],
  ['no range at all', 'bytes=-'],
])('%s gets the whole file, once', async (_what, range) => {
  const answer = await part(range);
  expect([answer.status, answer.sha256]).toEqual([200, sent.bundle.sha256]);
  expect(await downloads()).toBe(1);
});
