import { until } from '@windlass/testkit/until';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { makeBundle } from '@windlass/testkit/house/make-bundle';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { type Customer, openCustomer } from '@windlass/testkit/house/open-customer';
import { openRawClient, rawRequest } from '@windlass/testkit/house/raw-client';
import { runSql } from '@windlass/testkit/house/run-sql';
import { type SentBundle, sendBundle } from '@windlass/testkit/house/send-bundle';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { dataOf } from '@windlass/testkit/house/visitor';

let house: House;
let shop: Shop;
let sent: SentBundle;
let customer: Customer;
let size: number;

beforeAll(async () => {
  house = await startHouse({ trustProxy: true });
  shop = await makeShop(house, 'Paper & Signal');
});
afterAll(() => house.close());
beforeEach(async () => {
  sent = await sendBundle(house, shop, { noiseBytes: 200_000 });
  customer = openCustomer(house);
  size = sent.bundle.bytes.length;
});

const link = async () =>
  (
    await runSql<{ downloads: number; open: number }>(
      house,
      `select downloads,
    (select count(*)::int from download d where d.link_id = k.id and d.ended_at is null) as open
      from download_link k where id = $1`,
      [sent.linkId],
    )
  )[0]!;
/** The count when every answer has ended. */
const counted = async () =>
  (await until('all answers to end', async () => (await link()).open === 0 && link())).downloads;
const setCount = (count: number) =>
  runSql(house, 'update download_link set downloads = $2 where id = $1', [sent.linkId, count]);
const part = (range: string, who = customer, headers = {}) => who.open(sent.file, { headers: { range, ...headers } });
const timesTold = async () =>
  dataOf(await shop.viewer.visitor.query('orders.get', { id: sent.id })).timeline.filter(
    (event) => event.type === 'link.downloaded',
  ).length;

/** Asks for the file as somebody at this address, reads about so many bytes of the answer, and hangs up. */
async function readSome(address: string, bytes: number): Promise<void> {
  const client = openRawClient(house.server.port, { reads: false });
  client.socket.write(rawRequest({ target: sent.file, headers: { 'x-forwarded-for': address } }));
  let read = 0;
  await new Promise<void>((done) => {
    client.socket.on('readable', () => {
      while (read < bytes) {
        const piece = client.socket.read() as Buffer | null;
        if (!piece) return;
        read += piece.length;
      }
      done();
    });
  });
  client.socket.destroy();
}

test('the file fetched twice by the same client within minutes is one download, by another client a second, hours later one more', async () => {
  for (let i = 0; i < 2; i += 1) expect((await customer.open(sent.file)).sha256).toBe(sent.bundle.sha256);
  expect(await counted()).toBe(1);
  await openCustomer(house).open(sent.file);
  expect(await counted()).toBe(2);
  await runSql(house, `update download set completed_at = completed_at - interval '1 hour' where link_id = $1`, [
    sent.linkId,
  ]);
  await customer.open(sent.file);
  expect([await counted(), await timesTold()]).toEqual([3, 3]);
});

test('twenty breaks and then the whole are one download', async () => {
  for (let i = 0; i < 20; i += 1) await readSome(customer.address, 20_000);
  expect(await counted()).toBe(0);
  expect((await customer.open(sent.file)).sha256).toBe(sent.bundle.sha256);
  expect([await counted(), await timesTold()]).toEqual([1, 1]);
});

test('eleven scanners that read the beginning and leave cost nothing, and the customer gets the file', async () => {
  for (let i = 0; i < 11; i += 1) await readSome(`198.51.100.${i}`, 64_000);
  expect(await counted()).toBe(0);
  for (let i = 0; i < 11; i += 1) expect((await part('bytes=0-65535', openCustomer(house))).status).toBe(206);
  expect([await counted(), await timesTold()]).toEqual([0, 0]);
  expect((await customer.open(sent.file)).status).toBe(200);
  expect(await counted()).toBe(1);
});

test('what was begun is finished from any address with any number of parts, and is one download', async () => {
  const bounds = [0, 10_000, 50_000, 50_001, 120_000, size];
  const pieces: Buffer[] = [];
  for (const [i, start] of bounds.slice(0, -1).entries()) {
    const answer = await part(`bytes=${start}-${bounds[i + 1]! - 1}`, i % 2 ? openCustomer(house) : customer);
    expect(answer.status).toBe(206);
    pieces.push(answer.bytes);
    if (i < 4) expect(await counted()).toBe(0);
  }
  expect(Buffer.concat(pieces).equals(sent.bundle.bytes)).toBe(true);
  expect([await counted(), await timesTold()]).toEqual([1, 1]);
});

test('the last download begun at one address is finished at another, and then there is none', async () => {
  await setCount(9);
  expect((await part('bytes=0-99999')).status).toBe(206);
  expect((await part('bytes=100000-', openCustomer(house))).status).toBe(206);
  expect(await counted()).toBe(10);
  expect((await openCustomer(house).open(sent.file)).status).toBe(410);
  expect((await part('bytes=100000-', openCustomer(house))).status).toBe(410);
});

test('who began and was cut off begins anew though others have used up the count meanwhile', async () => {
  await readSome(customer.address, 20_000);
  expect(await counted()).toBe(0);
  await setCount(10);
  expect((await customer.open(sent.file)).sha256).toBe(sent.bundle.sha256);
  expect(await counted()).toBe(10);
});

test('parts fetched side by side are one download', async () => {
  expect((await part('bytes=0-9999')).status).toBe(206);
  const starts = Array.from({ length: 8 }, (_, i) => 10_000 + Math.floor((i * (size - 10_000)) / 8));
  await Promise.all(starts.map((start, i) => part(`bytes=${start}-${(starts[i + 1] ?? size) - 1}`)));
  expect([await counted(), await timesTold()]).toEqual([1, 1]);
});

test('many small parts on one connection are one download, and pile up nothing', async () => {
  const warnings: string[] = [];
  const hear = (warning: Error) => void warnings.push(warning.name);
  process.on('warning', hear);
  const client = openRawClient(house.server.port);
  for (let i = 0; i < 30; i += 1) {
    client.socket.write(
      rawRequest({
        target: sent.file,
        headers: { 'x-forwarded-for': customer.address, range: `bytes=${i * 100}-${i * 100 + 99}` },
      }),
    );
    await until(`part ${i}`, () => client.text().split('HTTP/1.1 206').length === i + 2);
  }
  client.socket.destroy();
  expect((await part('bytes=3000-')).status).toBe(206);
  expect([await counted(), await timesTold()]).toEqual([1, 1]);
  process.off('warning', hear);
  expect(warnings).toEqual([]);
});

test('two who ask at once at one address for the whole are one download', async () => {
  await Promise.all([customer.open(sent.file), customer.open(sent.file)]);
  expect(await counted()).toBe(1);
});

test('one strong ETag on the whole, its head and a part; with another file in its place a part is answered with the whole new one', async () => {
  const answers = [
    await customer.open(sent.file),
    await customer.open(sent.file, { method: 'HEAD' }),
    await part('bytes=0-99'),
    await part('bytes=9999999-'),
  ];
  const [etag] = answers.map(({ headers }) => headers.get('etag'));
  expect(etag).toMatch(/^"[\w-]+"$/);
  expect(new Set(answers.map(({ headers }) => headers.get('etag')))).toEqual(new Set([etag]));
  expect((await part('bytes=100-', customer, { 'if-range': etag! })).status).toBe(206);

  const other = await makeBundle(house, shop, { noiseBytes: 90_000 });
  await runSql(house, 'update bundle set object_key = $2, size_bytes = $3 where id = $1', [
    sent.bundle.id,
    other.objectKey,
    other.bytes.length,
  ]);
  for (const ifRange of [etag!, 'Wed, 21 Oct 2026 07:28:00 GMT', `W/${etag}`]) {
    const whole = await part('bytes=150000-', customer, { 'if-range': ifRange });
    expect([whole.status, whole.sha256]).toEqual([200, other.sha256]);
  }
});
