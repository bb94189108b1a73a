import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { until } from '@windlass/testkit/until';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
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
let seed = 500;

beforeAll(async () => {
  house = await startHouse();
});
afterAll(() => house.close());
beforeEach(async () => {
  if (!house.worker) await house.startWorker();
  shop = await makeShop(house, 'Paper & Signal');
  orderId = (await placeOrder(house, shop)).id;
});

/** Artwork with its pictures and a proof, and where all of it lies. */
async function makeArtwork(of = shop, order = orderId, bytes?: Uint8Array) {
  const visitor = of.operator.visitor;
  const { artworkId } = await sendArtwork(house, visitor, {
    orderId: order,
    bytes: bytes ?? (await makePicture({ width: 900, height: 600, seed: (seed += 1) })),
  });
  dataOf(await visitor.mutate('artwork.sendProof', { id: artworkId }));
  const { thumb, preview, full, proof, originalUrl } = await until(
    `pictures of ${artworkId}`,
    async () => {
      const artwork = dataOf(await visitor.query('artwork.get', { id: artworkId }));
      return (artwork.proof && artwork.thumb && artwork) ?? undefined;
    },
    20_000,
  );
  return { artworkId, pictures: [thumb!.url, preview!.url, full!.url, proof!.url], originalUrl };
}
const remove = async (id: string, of = shop) => dataOf(await of.operator.visitor.mutate('artwork.remove', { id }));
/** The undo's seconds have passed, and its job is due. */
async function passUndo(id: string): Promise<void> {
  await runSql(house, `update artwork set removed_at = removed_at - interval '11 seconds' where id = $1`, [id]);
  await runSql(house, `update job set run_after = now() where name = 'artwork.purge' and subject = $1`, [id]);
  await untilNoJobs();
}
const untilNoJobs = () =>
  until(
    'all jobs to end',
    async () =>
      (
        await runSql(
          house,
          `select 1 from job where name like 'artwork.%' and name <> 'artwork.sweep' and state not in ('succeeded', 'cancelled', 'failed') limit 1`,
        )
      ).length === 0,
  );
const statuses = (paths: readonly string[], headers: Record<string, string> = {}) =>
  Promise.all(paths.map(async (path) => (await shop.operator.visitor.get(path, headers)).status));
const objects = () =>
  readdirSync(fileURLToPath(house.common.storageUrl), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /pictures|artwork/.test(entry.parentPath))
    .map(({ name }) => name);

test('after the undo of a removal its pictures are served no more, to nobody and whatever they have, and nothing of it is stored', async () => {
  const before = objects();
  const { artworkId, pictures, originalUrl } = await makeArtwork();
  const etag = (await fetch(house.server.url + pictures[0]!)).headers.get('etag')!;
  expect(await statuses(pictures)).toEqual([200, 200, 200, 200]);
  await remove(artworkId);
  expect(await statuses(pictures)).toEqual([200, 200, 200, 200]); // still to be put back
  await passUndo(artworkId);
  await until('the pictures to go', async () => (await statuses(pictures)).every((status) => status === 404));
  expect(await statuses(pictures, { 'if-none-match': etag })).toEqual([404, 404, 404, 404]);
  expect(await statuses([originalUrl])).toEqual([404]);
  expect(objects()).toEqual(before);
  // A server that heard no news of it knows as well.
  await house.restart();
  expect(await statuses(pictures)).toEqual([404, 404, 404, 404]);
  expect((await shop.operator.visitor.mutate('artwork.restore', { id: artworkId })).status).toBe(404);
});

test('what is put back in time stays', async () => {
  const { artworkId, pictures, originalUrl } = await makeArtwork();
  await remove(artworkId);
  dataOf(await shop.operator.visitor.mutate('artwork.restore', { id: artworkId }));
  await passUndo(artworkId);
  expect(await statuses([...pictures, originalUrl])).toEqual([200, 200, 200, 200, 200]);
});

test('a content that another artwork shows stays, in this shop as one file and in another as the same pictures', async () => {
  const bytes = await makePicture({ width: 700, height: 700, seed: (seed += 1) });
  const other = await makeShop(house, 'The Other Shop');
  const [first, second, theirs] = [
    await makeArtwork(shop, orderId, bytes),
    await makeArtwork(shop, orderId, bytes),
    await makeArtwork(other, (await placeOrder(house, other)).id, bytes),
  ];
  expect(theirs.pictures).toEqual(first.pictures);
  await remove(first.artworkId);
  await passUndo(first.artworkId);
  expect(await statuses([...second.pictures, second.originalUrl])).toEqual([200, 200, 200, 200, 200]);
  await remove(second.artworkId);
  await passUndo(second.artworkId);
  await until('the original to go', async () => (await statuses([second.originalUrl]))[0] === 404);
  expect(await statuses(theirs.pictures)).toEqual([200, 200, 200, 200]);
  expect((await other.operator.visitor.get(theirs.originalUrl)).status).toBe(200);
});

test('pictures that a job was making of it meanwhile are not kept', async () => {
  await house.stopWorker();
  const before = objects();
  const { artworkId } = await sendArtwork(house, shop.operator.visitor, {
    orderId,
    bytes: await makePicture({ width: 2_000, height: 1_500, seed: (seed += 1) }),
  });
  await remove(artworkId);
  await house.startWorker();
  await until(
    'the job to have begun',
    async () =>
      (
        await runSql(house, `select 1 from job where subject = $1 and name = 'artwork.prepare' and state <> 'queued'`, [
          artworkId,
        ])
      ).length > 0,
  );
  await passUndo(artworkId);
  await untilNoJobs();
  expect(await runSql(house, 'select 1 from artwork where id = $1', [artworkId])).toEqual([]);
  await until('its objects to go', () => objects().length === before.length);
});

test('what was removed before there was such a job is found by the sweep', async () => {
  const { artworkId, pictures } = await makeArtwork();
  await runSql(house, `update artwork set removed_at = now() - interval '3 days' where id = $1`, [artworkId]);
  await runSql(
    house,
    `insert into job (id, name, queue, payload, state, max_attempts)
      values ('job_purge_sweep', 'artwork.sweep', 'default', '{}', 'queued', 2)`,
  );
  await until('the pictures to go', async () => (await statuses(pictures)).every((status) => status === 404));
});
