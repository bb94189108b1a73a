import { until } from '@windlass/testkit/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePicture } from '@windlass/testkit/house/make-picture';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { placeOrder } from '@windlass/testkit/house/place-order';
import { runSql } from '@windlass/testkit/house/run-sql';
import { sendArtwork } from '@windlass/testkit/house/send-artwork';
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
const ready = (id: string) =>
  until(`pictures of ${id}`, async () => {
    const artwork = dataOf(await operator().query('artwork.get', { id }));
    return artwork.file.state === 'ready' && artwork;
  });
/** Read to its end always: a body left lying keeps its connection. */
async function ask(path: string, headers: Record<string, string> = {}) {
  const answer = await fetch(house.server.url + path, { headers });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}

test('a picture is served under its hash, for an hour without asking, with 304 for who has it, and parts of it', async () => {
  const { artworkId } = await sendArtwork(house, operator(), {
    orderId,
    bytes: await makePicture({ width: 900, height: 600, format: 'jpeg' }),
  });
  const { thumb, preview } = await ready(artworkId);
  const whole = await ask(thumb!.url);
  const { bytes } = whole;
  expect([whole.status, whole.headers.get('content-type'), whole.headers.get('cache-control')]).toEqual([
    200,
    'image/webp',
    'public, max-age=3600, must-revalidate',
  ]);
  expect(whole.headers.get('cross-origin-resource-policy')).toBe('cross-origin'); // PICTURES_URL may be another site
  expect(bytes.subarray(8, 12).toString()).toBe('WEBP');
  expect(thumb!.url).toMatch(/^\/pictures\/[0-9a-f]{40}\/thumb$/);

  const etag = whole.headers.get('etag')!;
  for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
    const again = await ask(thumb!.url, { 'if-none-match': tag });
    expect([again.status, again.bytes.length, again.headers.get('etag')], tag).toEqual([304, 0, etag]);
  }
  expect((await ask(thumb!.url, { 'if-none-match': '"another"' })).status).toBe(200);

  const part = await ask(thumb!.url, { range: 'bytes=10-19' });
  expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 10-19/${bytes.length}`]);
  expect(part.bytes.equals(bytes.subarray(10, 20))).toBe(true);
  expect((await ask(thumb!.url, { range: `bytes=${bytes.length}-` })).status).toBe(416);
  expect((await ask(preview!.url)).headers.get('vary')).toContain('accept');
});

test('a client that names AVIF gets it where it is there, everybody else gets WebP', async () => {
  const { artworkId } = await sendArtwork(house, operator(), {
    orderId,
    bytes: await makePicture({ width: 1600, height: 1200, seed: 7, format: 'jpeg' }),
  });
  const { preview } = await ready(artworkId);
  const [{ avif }] = (await runSql<{ avif: boolean }>(
    house,
    `select exists (select 1 from artwork_rendition r
      join artwork a on a.file_id = r.file_id where a.id = $1 and r.format = 'avif') as avif`,
    [artworkId],
  )) as [{ avif: boolean }];
  const typeFor = async (accept: string) => (await ask(preview!.url, { accept })).headers.get('content-type');
  expect(await typeFor('image/avif,image/webp,*/*')).toBe(avif ? 'image/avif' : 'image/webp');
  expect(await typeFor('image/avif;q=0,image/*')).toBe('image/webp');
  expect(await typeFor('*/*')).toBe('image/webp');
  expect(await typeFor('image/png')).toBe('image/webp');
});

test('an address that nobody made is 404, is not kept, and is no way into storage', async () => {
  for (const path of [`/pictures/${'0'.repeat(40)}/thumb`, `/pictures/${'0'.repeat(40)}/preview`]) {
    const answer = await ask(path);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([404, 'no-store']);
  }
  for (const path of [
    `/pictures/${'0'.repeat(40)}/original`,
    '/pictures/../artwork/x/thumb',
    `/pictures/${'0'.repeat(39)}%2f/thumb`,
  ]) {
    expect((await ask(path)).headers.get('content-type'), path).not.toContain('image/');
  }
});

test('no picture is made in a request: the answer of the list and of the page touches no storage', async () => {
  await house.stopWorker();
  const { artworkId } = await sendArtwork(house, operator(), { orderId, bytes: await makePicture({ seed: 30 }) });
  const before = { ...house.server.storageCalls };
  const rows = dataOf(await operator().query('artwork.list', { tab: 'all' })).rows;
  dataOf(await operator().query('artwork.get', { id: artworkId }));
  expect(rows.find(({ id }) => id === artworkId)).toMatchObject({
    file: { state: 'waiting', width: 300, height: 200 },
    thumb: null,
    job: { state: 'queued' },
  });
  expect({ ...house.server.storageCalls }).toEqual(before);
  await house.startWorker();
  await ready(artworkId);
});

test('ten walks through a gallery ask storage at least 80 % less often whether a picture is there', async () => {
  const sent = await Promise.all(
    Array.from({ length: 12 }, async (_, i) =>
      sendArtwork(house, operator(), { orderId, bytes: await makePicture({ width: 500, height: 400, seed: 40 + i }) }),
    ),
  );
  const artworks = await Promise.all(sent.map(({ artworkId }) => ready(artworkId)));
  // A server that has made none of them itself and heard no news.
  await house.restart();
  const heads = () => house.server.storageCalls.head;
  const before = heads();
  let views = 0;
  for (let walk = 0; walk < 10; walk++) {
    for (const { thumb, preview } of artworks) {
      for (const picture of [thumb!, preview!]) {
        const answer = await ask(picture.url, { accept: 'image/avif,image/webp' });
        expect(answer.status).toBe(200);
        views += 1;
      }
    }
  }
  const asked = heads() - before;
  // Without the cache each view asks once, and a preview twice where it has no AVIF.
  expect(views).toBe(240);
  expect(asked).toBeLessThanOrEqual(views * 0.2);
});

test('a picture asked for before it is made is there the moment it is made, though its absence was remembered', async () => {
  await house.stopWorker();
  const bytes = await makePicture({ width: 700, height: 500, seed: 60 });
  // The hash is of the bytes made: the same content in a second shop gives the same address, which is how it can be
  // asked for beforehand.
  await house.startWorker();
  const { artworkId } = await sendArtwork(house, operator(), { orderId, bytes });
  const { thumb, preview } = await ready(artworkId);
  const key = `pictures/${thumb!.url.split('/')[2]}/thumb.webp`;
  await house.storage.remove(key);
  await house.restart();
  expect((await ask(thumb!.url)).status).toBe(404);
  // Made again by another artwork's job: no wait for the remembered absence to pass.
  const other = await makeShop(house, 'The Other Shop');
  const order = await placeOrder(house, other);
  const twin = await sendArtwork(house, other.operator.visitor, { orderId: order.id, bytes });
  await until(
    'the twin',
    async () =>
      dataOf(await other.operator.visitor.query('artwork.get', { id: twin.artworkId })).file.state === 'ready',
  );
  await until('the picture', async () => (await ask(thumb!.url)).status === 200, 1_500);
  expect((await ask(preview!.url)).status).toBe(200);
});

test('what is looked at is made first, and what was missed is made when it is seen', async () => {
  await house.stopWorker();
  const sent: string[] = [];
  for (let i = 0; i < 6; i++)
    sent.push(
      (await sendArtwork(house, operator(), { orderId, bytes: await makePicture({ seed: 70 + i }) })).artworkId,
    );
  const last = sent.at(-1)!;
  const lost = sent.at(-2)!;
  await runSql(house, `delete from job where subject = $1`, [lost]);
  expect(dataOf(await operator().mutate('artwork.see', { ids: [last, lost] }))).toEqual({ moved: 2 });
  const order = await runSql<{ subject: string }>(
    house,
    `select subject from job where name = 'artwork.prepare' and state = 'queued' order by run_after, id limit 2`,
  );
  expect(order[0]!.subject).toBe(last);
  await house.startWorker();
  await Promise.all(sent.map(ready));
});

test('the sweep asks for what an accident left without pictures, 20 at most, and leaves alone what exists or has failed', async () => {
  await house.stopWorker();
  const ids: string[] = [];
  for (let i = 0; i < 3; i++)
    ids.push((await sendArtwork(house, operator(), { orderId, bytes: await makePicture({ seed: 90 + i }) })).artworkId);
  // Lost jobs, long enough ago; one of them too long.
  await runSql(house, `delete from job where subject = any($1)`, [ids]);
  await runSql(
    house,
    `update artwork_file f set created_at = now() - interval '1 hour'
      from artwork a where a.file_id = f.id and a.id = any($1)`,
    [ids],
  );
  await runSql(
    house,
    `update artwork_file f set created_at = now() - interval '30 hours'
      from artwork a where a.file_id = f.id and a.id = $1`,
    [ids[2]],
  );
  await house.startWorker();
  await runSql(
    house,
    `insert into job (id, name, queue, payload, state, max_attempts)
      values ('job_sweep', 'artwork.sweep', 'default', '{}', 'queued', 2)`,
  );
  await Promise.all(ids.slice(0, 2).map(ready));
  expect(dataOf(await operator().query('artwork.get', { id: ids[2]! })).file.state).toBe('waiting');
  // It is made when it is seen.
  await operator().mutate('artwork.see', { ids: [ids[2]!] });
  await ready(ids[2]!);
});
