import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import { MOST_BYTES } from '@windlass/capabilities/artwork/contract';
import { until } from '@windlass/testkit/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePicture } from '@windlass/testkit/house/make-picture';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { placeOrder } from '@windlass/testkit/house/place-order';
import { runSql } from '@windlass/testkit/house/run-sql';
import { patchBytes, sendArtwork } from '@windlass/testkit/house/send-artwork';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { dataOf } from '@windlass/testkit/house/visitor';

let house: House;
let shop: Shop;
let orderId: string;

beforeAll(async () => {
  house = await startHouse();
  shop = await makeShop(house, 'Paper & Signal');
  orderId = (await placeOrder(house, shop)).id;
});
afterAll(() => house.close());

const operator = () => shop.operator.visitor;
const artworkOf = async (id: string) => dataOf(await operator().query('artwork.get', { id }));
const settled = (id: string) =>
  until(`artwork ${id} to be settled`, async () => {
    const artwork = await artworkOf(id);
    return artwork.file.state !== 'waiting' && artwork.sha256 !== null && artwork;
  });

/** Sends bytes to the end and answers what finishing says. */
async function finish(name: string, bytes: Uint8Array) {
  const plan = dataOf(await operator().mutate('artwork.startUpload', { orderId, name, sizeBytes: bytes.length }));
  await patchBytes(house, plan, bytes);
  return { ...(await operator().mutate('artwork.finishUpload', { uploadId: plan.uploadId })), uploadId: plan.uploadId };
}

async function expectRefused(name: string, bytes: Uint8Array, [status, code]: [number, string]) {
  const before = await runSql(house, 'select count(*)::int as n from artwork');
  const answer = await finish(name, bytes);
  expect([answer.status, answer.error!.code], name).toEqual([status, code]);
  expect(answer.error!.message.length).toBeGreaterThan(20);
  expect(await runSql(house, 'select count(*)::int as n from artwork')).toEqual(before);
  // Nothing of it is kept.
  const [upload] = await runSql<{ key: string; state: string }>(
    house,
    'select object_key as key, state from artwork_upload where id = $1',
    [answer.uploadId],
  );
  expect(upload!.state).toBe('refused');
  expect(await house.storage.head(upload!.key)).toBeNull();
}

test('a picture is sent in pieces, resumed where it stood, and becomes artwork of the order with its pictures', async () => {
  const bytes = await makePicture({ width: 1800, height: 1200, seed: 2 });
  const plan = dataOf(
    await operator().mutate('artwork.startUpload', { orderId, name: 'Front.png', sizeBytes: bytes.length }),
  );
  expect(plan.protocol).toBe('tus');
  const half = Math.floor(bytes.length / 2);
  expect(await patchBytes(house, plan, bytes.subarray(0, half))).toEqual({ status: 204, offset: half });

  const early = await operator().mutate('artwork.finishUpload', { uploadId: plan.uploadId });
  expect([early.status, early.error!.code]).toEqual([409, 'INCOMPLETE']);
  // After a reload: the plan says where to go on, HEAD says from which byte.
  const again = dataOf(await operator().mutate('artwork.resumeUpload', { uploadId: plan.uploadId }));
  expect(again.url).toBe(plan.url);
  const head = await fetch(house.server.url + new URL(plan.url!).pathname, {
    method: 'HEAD',
    headers: { 'tus-resumable': '1.0.0' },
  });
  expect(Number(head.headers.get('upload-offset'))).toBe(half);
  expect(await patchBytes(house, plan, bytes, half)).toEqual({ status: 204, offset: bytes.length });

  const { artworkId } = dataOf(await operator().mutate('artwork.finishUpload', { uploadId: plan.uploadId }));
  const artwork = await settled(artworkId);
  expect(artwork).toMatchObject({
    name: 'Front.png',
    version: 1,
    state: 'awaiting',
    file: { state: 'ready', kind: 'png', width: 1800, height: 1200, sizeBytes: bytes.length },
    uploadedBy: 'The operator',
  });
  expect([artwork.thumb, artwork.preview, artwork.full].map((picture) => [picture!.width, picture!.height])).toEqual([
    [400, 267],
    [1200, 800],
    [1800, 1200],
  ]);
  expect(artwork.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  const order = dataOf(await operator().query('orders.get', { id: orderId }));
  expect(order.timeline.filter(({ type }) => type === 'artwork.uploaded').map(({ data }) => data.name)).toContain(
    'Front.png',
  );
});

test('finishing twice, also at once, makes one artwork', async () => {
  const bytes = await makePicture({ seed: 3 });
  const plan = dataOf(
    await operator().mutate('artwork.startUpload', { orderId, name: 'twice.png', sizeBytes: bytes.length }),
  );
  await patchBytes(house, plan, bytes);
  const finishes = await Promise.all(
    [1, 2, 3].map(() => operator().mutate('artwork.finishUpload', { uploadId: plan.uploadId })),
  );
  const ids = new Set(
    [...finishes, await operator().mutate('artwork.finishUpload', { uploadId: plan.uploadId })]
      .filter(({ status }) => status === 200)
      .map(({ data }) => data!.artworkId),
  );
  expect(ids.size).toBe(1);
  expect(await runSql(house, 'select id from artwork where name = $1', ['twice.png'])).toHaveLength(1);
});

// 38, 44, 45
test.each([
  ['HTML named .jpg', 'photo.jpg', '<!doctype html><html><script>alert(1)</script></html>'],
  ['a script', 'a.png', '#!/bin/sh\nrm -rf /\n'],
  [
    'an SVG with entities',
    'bomb.svg',
    '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg"><text>&b;</text></svg>',
  ],
  [
    'a GIF',
    'anim.gif',
    'GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;',
  ],
])('%s is answered 415 and nothing is kept', async (_what, name, text) => {
  await expectRefused(name, Buffer.from(text, 'latin1'), [415, 'NOT_ARTWORK']);
});

// 39, 40
test('an empty file is refused with 422 and one of 600 MB with 413, before a byte is sent', async () => {
  const empty = await operator().mutate('artwork.startUpload', { orderId, name: 'empty.png', sizeBytes: 0 });
  expect([empty.status, empty.error!.code]).toEqual([422, 'EMPTY_FILE']);
  const large = await operator().mutate('artwork.startUpload', {
    orderId,
    name: 'large.tif',
    sizeBytes: 600 * 1024 * 1024,
  });
  expect([large.status, large.error!.code]).toEqual([413, 'FILE_TOO_LARGE']);
  expect(large.error!.message).toContain('512 MB');
  expect(MOST_BYTES).toBe(512 * 1024 * 1024);
});

test('more bytes than were announced are not taken', async () => {
  const plan = dataOf(await operator().mutate('artwork.startUpload', { orderId, name: 'small.png', sizeBytes: 100 }));
  const answer = await patchBytes(house, plan, Buffer.alloc(5_000));
  expect(answer.status).toBeGreaterThanOrEqual(400);
});

// 41
test('an upload that is given up leaves no artwork and no file', async () => {
  const plan = dataOf(
    await operator().mutate('artwork.startUpload', { orderId, name: 'given-up.png', sizeBytes: 1000 }),
  );
  await patchBytes(house, plan, Buffer.alloc(400));
  expect((await operator().mutate('artwork.abandonUpload', { uploadId: plan.uploadId })).status).toBe(200);
  expect((await patchBytes(house, plan, Buffer.alloc(600), 400)).status).toBe(404);
  expect((await operator().mutate('artwork.finishUpload', { uploadId: plan.uploadId })).status).toBe(404);
  expect(await runSql(house, 'select id from artwork where name = $1', ['given-up.png'])).toEqual([]);
});

// 42
test('16,000 by 16,000 pixels in 31 kB are refused by their header', async () => {
  const bomb = pngOf(16_000, 16_000);
  expect(bomb.length).toBeLessThan(64_000);
  await expectRefused('bomb.png', bomb, [422, 'TOO_MANY_PIXELS']);
});

// 43
test('a picture that was cut off is refused as broken', async () => {
  for (const format of ['jpeg', 'png'] as const) {
    const whole = await makePicture({ width: 800, height: 600, format, seed: 5 });
    await expectRefused(`cut.${format}`, whole.subarray(0, Math.floor(whole.length / 2)), [422, 'BROKEN_IMAGE']);
  }
});

// 46
test.each([
  ['../../etc/passwd', 'passwd'],
  ['C:\\art\\logo.png', 'logo.png'],
  ['CON', 'CON'],
  ['\u202Egnp.exe', 'gnp.exe'],
  ['🎨 Motiv für Möwe.png', '🎨 Motiv für Möwe.png'],
  [`${'x'.repeat(300)}.png`, `${'x'.repeat(115)}….png`],
  ['..', 'artwork'],
])('a file called %j is shown as %j and stored under an id', async (name, shown) => {
  const { artworkId } = await sendArtwork(house, operator(), {
    orderId,
    name,
    bytes: await makePicture({ width: 20, height: 20, seed: name.length }),
  });
  expect((await artworkOf(artworkId)).name).toBe(shown);
  const [file] = await runSql<{ key: string }>(
    house,
    'select f.object_key as key from artwork_file f join artwork a on a.file_id = f.id where a.id = $1',
    [artworkId],
  );
  expect(file!.key).toMatch(/^artwork\/shop_\w+\/upl_\w+$/);
});

// 48
test.each([
  ['a ZIP', 'set.zip', Buffer.from('PK\x03\x04\x14\x00\x00\x00\x00\x00', 'latin1'), 'zip'],
  ['a PDF', 'print.pdf', Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n'), 'pdf'],
  [
    'an SVG',
    'logo.svg',
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="10" height="10"/></svg>'),
    'svg',
  ],
])('%s is kept as it is, unopened, and says why it has no picture', async (_what, name, bytes, kind) => {
  const { artworkId } = await sendArtwork(house, operator(), { orderId, name, bytes });
  const artwork = await settled(artworkId);
  expect(artwork.file).toMatchObject({ kind, state: 'no_preview', reason: { code: 'NO_PREVIEW' } });
  expect(artwork.thumb).toBeNull();
  const original = await fetch(house.server.url + artwork.originalUrl, { headers: { cookie: operator().cookie } });
  expect(Buffer.from(await original.arrayBuffer()).equals(bytes)).toBe(true);
  expect([
    original.headers.get('content-type'),
    original.headers.get('content-disposition')?.startsWith('attachment'),
  ]).toEqual(['application/octet-stream', true]);
});

// 49
test('the same file twice, also at once and under other names, is one content and one object', async () => {
  const bytes = await makePicture({ width: 640, height: 480, seed: 9 });
  const sent = await Promise.all(
    ['a.png', 'b.png', 'c.png'].map((name) => sendArtwork(house, operator(), { orderId, name, bytes })),
  );
  const rows = await Promise.all(sent.map(({ artworkId }) => settled(artworkId)));
  expect(new Set(rows.map(({ sha256 }) => sha256)).size).toBe(1);
  expect(rows.map(({ file }) => file.state)).toEqual(['ready', 'ready', 'ready']);
  const files = await runSql<{ id: string; key: string }>(
    house,
    'select distinct f.id, f.object_key as key from artwork_file f join artwork a on a.file_id = f.id where a.id = any($1)',
    [sent.map(({ artworkId }) => artworkId)],
  );
  expect(files).toHaveLength(1);
  await until('the other objects to be gone', async () => {
    const heads = await Promise.all(sent.map(({ uploadId }) => house.storage.head(`artwork/${shop.id}/${uploadId}`)));
    return heads.filter(Boolean).length === 1;
  });
});

test('a new version takes the place of the one before, once, and both are kept', async () => {
  const first = await sendArtwork(house, operator(), {
    orderId,
    name: 'v1.png',
    bytes: await makePicture({ seed: 20 }),
  });
  const second = await sendArtwork(house, operator(), {
    orderId,
    name: 'v2.png',
    bytes: await makePicture({ seed: 21 }),
    replacesId: first.artworkId,
  });
  const detail = await artworkOf(second.artworkId);
  expect([detail.version, detail.versions.map(({ name }) => name)]).toEqual([2, ['v2.png', 'v1.png']]);
  expect((await artworkOf(first.artworkId)).versions.map(({ name }) => name)).toEqual(['v2.png', 'v1.png']);
  const listed = dataOf(await operator().query('artwork.ofOrder', { orderId })).rows.map(({ name }) => name);
  expect([listed.includes('v2.png'), listed.includes('v1.png')]).toEqual([true, false]);
  const late = await operator().mutate('artwork.startUpload', {
    orderId,
    replacesId: first.artworkId,
    name: 'v2b.png',
    sizeBytes: 10,
  });
  expect(late.status).toBe(404);

  expect((await operator().mutate('artwork.remove', { id: second.artworkId })).status).toBe(200);
  const names = () =>
    operator()
      .query('artwork.ofOrder', { orderId })
      .then((answer) => dataOf(answer).rows.map(({ name }) => name));
  expect((await names()).includes('v1.png')).toBe(true);
  expect((await operator().mutate('artwork.restore', { id: second.artworkId })).status).toBe(200);
  expect([(await names()).includes('v2.png'), (await names()).includes('v1.png')]).toEqual([true, false]);
});

test('the address of an upload cannot be guessed, and takes no POST and no DELETE', async () => {
  const plan = dataOf(await operator().mutate('artwork.startUpload', { orderId, name: 'mine.png', sizeBytes: 100 }));
  const url = house.server.url + new URL(plan.url!).pathname;
  const forged = url.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
  const ask = (address: string, method: string) =>
    fetch(address, {
      method,
      headers: { 'tus-resumable': '1.0.0', ...(method === 'POST' && { 'upload-length': '10' }) },
    }).then(({ status }) => status);
  expect([
    await ask(forged, 'HEAD'),
    await ask(url, 'DELETE'),
    await ask(`${house.server.url}/api/uploads`, 'POST'),
    await ask(`${house.server.url}/api/uploads/x`, 'GET'),
  ]).toEqual([404, 404, 404, 404]);
  expect(await ask(url, 'HEAD')).toBe(200);
});

/** A PNG of one bit a pixel, all of one colour: pixels that weigh nothing. */
function pngOf(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc32(body), body.length + 4);
    return out;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const rows = Buffer.alloc((1 + Math.ceil(width / 8)) * height);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
