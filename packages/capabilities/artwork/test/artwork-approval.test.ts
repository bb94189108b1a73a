import { until } from '@windlass/testkit/until';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { linksIn } from '@windlass/testkit/house/links-in';
import { makePicture } from '@windlass/testkit/house/make-picture';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { openPortal, type Portal } from '@windlass/testkit/house/open-portal';
import { placeOrder } from '@windlass/testkit/house/place-order';
import { runSql } from '@windlass/testkit/house/run-sql';
import { patchBytes, sendArtwork } from '@windlass/testkit/house/send-artwork';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { dataOf } from '@windlass/testkit/house/visitor';

let house: House;
let shop: Shop;

beforeAll(async () => {
  house = await startHouse();
  shop = await makeShop(house, 'Paper & Signal');
});
afterAll(() => house.close());

const operator = () => shop.operator.visitor;
const decorated = [
  {
    sku: 'TEE',
    title: 'T-shirt, navy',
    quantity: 24,
    unitMinor: 1900,
    decoration: { method: 'screen print', location: 'left chest', size: '9 × 9 cm' },
  },
];

async function orderWithLink(): Promise<{ orderId: string; email: string; portal: Portal; token: string }> {
  const { id: orderId, email } = await placeOrder(house, shop, { lines: decorated });
  const { url } = dataOf(await operator().mutate('artwork.makeLink', { orderId }));
  const token = url!.split('/a/')[1]!;
  return { orderId, email, token, portal: openPortal(house, token) };
}
const timelineOf = async (id: string) =>
  dataOf(await operator().query('orders.get', { id }))
    .timeline.map(({ type }) => type)
    .filter((type) => type.startsWith('artwork.'));

test('the customer sees the order by its link, sends artwork for a line, and sees its picture; the operator sees it too', async () => {
  const { orderId, portal } = await orderWithLink();
  const seen = await portal.read();
  expect(seen).toMatchObject({
    shopName: 'Paper & Signal',
    artworks: [],
    lines: [
      {
        title: 'T-shirt, navy',
        quantity: 24,
        decoration: { method: 'screen print', location: 'left chest', size: '9 × 9 cm' },
      },
    ],
  });
  const bytes = await makePicture({ width: 640, height: 640 });
  const plan = await portal.call('start', { lineId: seen.lines[0]!.id, name: 'crest.png', sizeBytes: bytes.length });
  await patchBytes(house, plan, bytes);
  await portal.call('finish', { uploadId: plan.uploadId });
  const artwork = await until('the picture', async () =>
    (await portal.read()).artworks.find(({ file }) => file.state === 'ready'),
  );
  expect(artwork).toMatchObject({
    name: 'crest.png',
    lineId: seen.lines[0]!.id,
    state: 'awaiting',
    thumb: { width: 400, height: 400 },
  });
  const [row] = dataOf(await operator().query('artwork.ofOrder', { orderId })).rows;
  expect(row).toMatchObject({
    name: 'crest.png',
    uploadedBy: null,
    line: { title: 'T-shirt, navy', decoration: { location: 'left chest' } },
  });
  expect(await timelineOf(orderId)).toEqual(['artwork.uploaded']);
});

test('a proof goes to the customer by mail, is looked at by the link in it, sent back with words, sent again, and approved: all of it on the order', async () => {
  const { orderId, email, portal } = await orderWithLink();
  const [line] = (await portal.read()).lines;
  const { artworkId } = await sendArtwork(house, operator(), {
    orderId,
    lineId: line!.id,
    bytes: await makePicture({ width: 900, height: 900, seed: 4 }),
  });
  dataOf(await operator().mutate('artwork.sendProof', { id: artworkId }));
  // Sending the proof makes the mail, and is told before it.
  const told = dataOf(await operator().query('orders.get', { id: orderId }))
    .timeline.map(({ type }) => type)
    .filter((type) => !type.startsWith('order.'))
    .slice(0, 3);
  expect(told).toEqual(['artwork.uploaded', 'artwork.proof-sent', 'delivery.queued']);
  const mail = await house.mail.mailTo(email);
  const [link] = mail.text.match(/http:\/\/[\d.:]+\/a\/[\w-]{43}/) ?? [];
  expect(link).toBeDefined();
  expect(linksIn(mail.text)).toEqual([]);
  const mailed = openPortal(house, link!.split('/a/')[1]!);
  const proven = await until('the proof', async () => (await mailed.read()).artworks.find(({ proof }) => proof));
  expect([proven.state, proven.proof!.width]).toEqual(['sent', 1200]);
  const picture = await fetch(house.server.url + proven.proof!.url);
  expect(picture.headers.get('content-type')).toBe('image/webp');
  const { data, info } = await sharp(Buffer.from(await picture.arrayBuffer()))
    .raw()
    .toBuffer({ resolveWithObject: true });
  const [red, , blue] = data.subarray((900 * info.width + 600) * info.channels);
  expect([red! < 60, blue! > red!]).toEqual([true, true]); // on navy, as the line says

  const wordless = await mailed.ask('decide', { id: artworkId, decision: 'request-changes' });
  expect([wordless.status, wordless.body.error?.code]).toEqual([422, 'NOTE_NEEDED']);
  await mailed.call('decide', { id: artworkId, decision: 'request-changes', note: 'A little larger, please.' });
  expect(dataOf(await operator().query('artwork.get', { id: artworkId }))).toMatchObject({
    state: 'changes_requested',
    note: 'A little larger, please.',
    decidedBy: null,
  });

  const next = await sendArtwork(house, operator(), {
    orderId,
    lineId: line!.id,
    replacesId: artworkId,
    bytes: await makePicture({ width: 950, height: 950, seed: 5 }),
  });
  const old = await mailed.ask('decide', { id: artworkId, decision: 'approve' });
  expect([old.status, old.body.error?.code]).toEqual([409, 'OLD_VERSION']);
  dataOf(await operator().mutate('artwork.sendProof', { id: next.artworkId }));
  await mailed.call('decide', { id: next.artworkId, decision: 'approve' });
  expect(dataOf(await operator().query('artwork.get', { id: next.artworkId }))).toMatchObject({
    state: 'approved',
    version: 2,
    decidedBy: null,
  });
  const again = await operator().mutate('artwork.sendProof', { id: next.artworkId });
  expect([again.status, again.error!.code]).toEqual([409, 'INVALID_STATE']);
  expect(await timelineOf(orderId)).toEqual([
    'artwork.uploaded',
    'artwork.proof-sent',
    'artwork.changes-requested',
    'artwork.uploaded',
    'artwork.proof-sent',
    'artwork.approved',
  ]);
  // Mail about artwork moves no order: it still waits for its approval.
  expect(dataOf(await operator().query('orders.get', { id: orderId }))).toMatchObject({
    status: 'waiting',
    stage: 'waiting',
    delivery: null,
  });
});

test('a link opens its own order and nothing else, until it is closed', async () => {
  const mine = await orderWithLink();
  const theirs = await orderWithLink();
  const { artworkId } = await sendArtwork(house, operator(), {
    orderId: theirs.orderId,
    bytes: await makePicture({ seed: 8 }),
  });
  const foreign = await mine.portal.ask('decide', { id: artworkId, decision: 'approve' });
  const missing = await mine.portal.ask('decide', { id: 'art_01jd0000000000000000000000', decision: 'approve' });
  expect([foreign.status, foreign.body.error?.code]).toEqual([404, 'NOT_FOUND']);
  expect(foreign.body.error?.message).toBe(missing.body.error?.message);
  const plan = await theirs.portal.call('start', { name: 'a.png', sizeBytes: 10 });
  for (const word of ['resume', 'finish', 'abandon'] as const)
    expect((await mine.portal.ask(word, { uploadId: plan.uploadId })).status, word).toBe(404);

  for (const token of ['x', 'A'.repeat(43), ''])
    expect((await openPortal(house, token).ask('read', {})).status, token).toBe(404);
  const crossSite = await fetch(`${house.server.url}/api/portal/artwork/read`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-link-token': mine.token, 'sec-fetch-site': 'cross-site' },
    body: '{}',
  });
  expect(crossSite.status).toBe(403);

  dataOf(await operator().mutate('artwork.revokeLink', { orderId: mine.orderId }));
  const closed = await mine.portal.ask('read', {});
  expect([closed.status, closed.body.error?.code]).toEqual([410, 'LINK_ENDED']);
  await runSql(house, `update artwork_link set expires_at = now() where order_id = $1`, [theirs.orderId]);
  const ended = await theirs.portal.ask('read', {});
  expect([ended.status, ended.body.error?.message]).toEqual([410, closed.body.error?.message]);
  // The next link is another one.
  const { url } = dataOf(await operator().mutate('artwork.makeLink', { orderId: mine.orderId }));
  expect(url!.endsWith(mine.token)).toBe(false);
});

test('fifty wrong links in a minute are enough', async () => {
  const forged = (i: number) => openPortal(house, `${String(i).padStart(2, '0')}${'b'.repeat(41)}`).ask('read', {});
  const answers = await Promise.all(Array.from({ length: 70 }, (_, i) => forged(i)));
  expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThan(5);
  await runSql(house, 'delete from rate_limit');
});

test('a proof that could not be made says so with its job, until it is made after all', async () => {
  const { orderId } = await orderWithLink();
  const { artworkId } = await sendArtwork(house, operator(), {
    orderId,
    bytes: await makePicture({ width: 300, height: 300, seed: 9 }),
  });
  const read = async () => dataOf(await operator().query('artwork.get', { id: artworkId }));
  await until('the picture', async () => (await read()).thumb);
  await house.stopWorker();
  dataOf(await operator().mutate('artwork.sendProof', { id: artworkId }));
  expect((await read()).failedProof).toBeNull();
  await runSql(
    house,
    `update job set state = 'failed', finished_at = now(), error_code = 'STORAGE_AWAY',
      error_sentence = 'The storage was away.', error_hint = 'Try again.' where subject = $1 and name = 'artwork.make-proof'`,
    [artworkId],
  );
  const { failedProof } = await read();
  expect(failedProof).toMatchObject({ sentence: 'The storage was away.', hint: 'Try again.', acknowledged: false });
  dataOf(await operator().mutate('operations.acknowledgeJob', { id: failedProof!.jobId }));
  expect((await read()).failedProof).toMatchObject({ acknowledged: true });
  dataOf(await operator().mutate('operations.retryJob', { id: failedProof!.jobId }));
  await house.startWorker();
  const proven = await until('the proof', async () => {
    const artwork = await read();
    return artwork.proof ? artwork : undefined;
  });
  expect(proven.failedProof).toBeNull();
});

test('a proof that is sent before the pictures are there follows them, and says what it waits for', async () => {
  const { orderId } = await orderWithLink();
  await house.stopWorker();
  const { artworkId } = await sendArtwork(house, operator(), {
    orderId,
    bytes: await makePicture({ width: 300, height: 300, seed: 10 }),
  });
  dataOf(await operator().mutate('artwork.sendProof', { id: artworkId }));
  const jobs = dataOf(await operator().query('operations.jobs', { tab: 'moving' })).rows;
  const waits = jobs.find(({ name, state }) => name === 'artwork.make-proof' && state === 'scheduled');
  expect(waits?.waitsFor).toBe('Make pictures of artwork');
  await house.startWorker();
  await until('its end', async () => {
    const { state } = dataOf(await operator().query('operations.job', { id: waits!.id }));
    return state === 'succeeded';
  });
  const job = dataOf(await operator().query('operations.job', { id: waits!.id }));
  expect([job.attempts, job.waitsFor]).toEqual([1, null]);
  expect(dataOf(await operator().query('artwork.get', { id: artworkId })).proof).not.toBeNull();
});

test('a file of which no picture could be made is not approved, by nobody; another can be asked for', async () => {
  const { orderId, portal } = await orderWithLink();
  const [line] = (await portal.read()).lines;
  const clear = await sharp({
    create: { width: 80, height: 80, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
  })
    .png()
    .toBuffer();
  const { artworkId: id } = await sendArtwork(house, operator(), { orderId, lineId: line!.id, bytes: clear });
  const artwork = await until('the file to be read', async () =>
    (await portal.read()).artworks.find(({ file }) => file.state === 'failed'),
  );
  expect(JSON.stringify(artwork)).toContain('every pixel of this picture is transparent');
  const [byUs, byCustomer] = [
    await operator().mutate('artwork.decide', { id, decision: 'approve' }),
    await portal.ask('decide', { id, decision: 'approve' }),
  ];
  expect([byUs.status, byUs.error?.code, byCustomer.status, byCustomer.body.error?.code]).toEqual([
    409,
    'NO_PICTURE',
    409,
    'NO_PICTURE',
  ]);
  dataOf(await operator().mutate('artwork.decide', { id, decision: 'request-changes', note: 'It is empty.' }));
});

test('of a file is known that it holds a channel which is not said to be transparency, since programs differ in what they take it for', async () => {
  const { orderId } = await orderWithLink();
  const isSpare = async (bytes: Buffer, name: string) => {
    const { artworkId } = await sendArtwork(house, operator(), { orderId, bytes, name });
    return dataOf(await operator().query('artwork.get', { id: artworkId })).file.spareChannel;
  };
  const said = await sharp({
    create: { width: 60, height: 40, channels: 4, background: { r: 30, g: 120, b: 220, alpha: 0.5 } },
  })
    .tiff({ compression: 'none' })
    .toBuffer();
  const unsaid = Buffer.from(said);
  // Its tag ExtraSamples (338, a SHORT, one of it) is made to say "unspecified".
  const tag = Buffer.from([0x52, 0x01, 0x03, 0, 0x01, 0, 0, 0]);
  unsaid.writeUInt16LE(0, unsaid.indexOf(tag) + tag.length);
  expect([await isSpare(said, 'said.tif'), await isSpare(unsaid, 'unsaid.tif')]).toEqual([false, true]);
});
