import { type S3Server, startS3Server } from '@windlass/testkit/start-s3-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePicture } from '@windlass/testkit/house/make-picture';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { openPortal, type Portal } from '@windlass/testkit/house/open-portal';
import { placeOrder } from '@windlass/testkit/house/place-order';
import { runSql } from '@windlass/testkit/house/run-sql';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { dataOf } from '@windlass/testkit/house/visitor';

/** Uploads where storage is S3: parts go past us, and what is promised holds all the same. */
let s3: S3Server;
let house: House;
let shop: Shop;
let orderId: string;
let portal: Portal;

beforeAll(async () => {
  s3 = await startS3Server();
  house = await startHouse({
    storageUrl: s3.url(),
    worker: false,
    uploadLimits: { linkBytes: 50_000, shopBytes: 90_000 },
  });
  shop = await makeShop(house, 'Paper & Signal');
  orderId = (await placeOrder(house, shop)).id;
  const { url } = dataOf(await shop.operator.visitor.mutate('artwork.makeLink', { orderId }));
  portal = openPortal(house, new URL(url).pathname.slice(3));
});
afterAll(async () => {
  await house.close();
  await s3.close();
});

const partUrl = async (uploadId: string) => (await portal.call('part-urls', { uploadId, parts: [1] })).urls[0]!.url;
const put = async (url: string, bytes: Uint8Array) =>
  (await fetch(url, { method: 'PUT', body: new Uint8Array(bytes) })).status;
/** As the store itself knows of an upload. */
async function partsAtStore(uploadId: string): Promise<unknown[]> {
  const [upload] = await runSql<{ key: string; multipartId: string }>(
    house,
    `select object_key as key, multipart_id as "multipartId" from artwork_upload where id = $1`,
    [uploadId],
  );
  const { uploads } = house.storage;
  return uploads.kind === 'parts' ? uploads.listParts(upload!) : [];
}
const openUploads = async () => (await runSql(house, `select 1 from artwork_upload where state = 'open'`)).length;

test('a part takes the bytes that were promised for it and no others; sent whole, it is artwork', async () => {
  const bytes = await makePicture({ width: 40, height: 40, seed: 3 });
  const plan = await portal.call('start', { name: 'a.png', sizeBytes: bytes.length });
  const url = await partUrl(plan.uploadId);
  expect([await put(url, Buffer.concat([bytes, Buffer.alloc(1)])), await put(url, bytes.subarray(1))]).toEqual([
    403, 403,
  ]);
  expect(await put(url, bytes)).toBe(200);
  expect((await portal.call('finish', { uploadId: plan.uploadId })).artworkId).toMatch(/^art_/);
});

test('starts at once pass neither the link’s day nor the shop’s room, and what is given up is free again', async () => {
  const starts = await Promise.all(
    Array.from({ length: 6 }, () => portal.ask('start', { name: 'a.png', sizeBytes: 14_000 })),
  );
  expect(starts.filter(({ status }) => status === 200)).toHaveLength(3);
  const byHand = await Promise.all(
    Array.from({ length: 6 }, () =>
      shop.operator.visitor.mutate('artwork.startUpload', { orderId, name: 'b.png', sizeBytes: 13_000 }),
    ),
  );
  expect(byHand.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 409, 409, 409]);
  for (const { data } of byHand)
    if (data) dataOf(await shop.operator.visitor.mutate('artwork.abandonUpload', { uploadId: data.uploadId }));
  expect(
    (await shop.operator.visitor.mutate('artwork.startUpload', { orderId, name: 'b.png', sizeBytes: 30_000 })).status,
  ).toBe(200);
  for (const { body } of starts)
    if ('uploadId' in body) await portal.call('abandon', { uploadId: (body as { uploadId: string }).uploadId });
});

test('a link that is closed ends its uploads: the store has forgotten them with their parts', async () => {
  const before = await openUploads();
  const plan = await portal.call('start', { name: 'a.png', sizeBytes: 2_000 });
  const url = await partUrl(plan.uploadId);
  expect(await put(url, Buffer.alloc(2_000))).toBe(200);
  expect(await partsAtStore(plan.uploadId)).toHaveLength(1);
  dataOf(await shop.operator.visitor.mutate('artwork.revokeLink', { orderId }));
  await expect(partsAtStore(plan.uploadId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect((await portal.ask('finish', { uploadId: plan.uploadId })).status).toBe(410);
  expect(await openUploads()).toBe(before);
});
