import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import type { UploadPlan } from '@windlass/capabilities/artwork/contract';
import { jobs } from '@windlass/capabilities/artwork/contract';
import { enqueue } from '@windlass/queue/jobs/enqueue';
import { until } from '@windlass/testkit/until';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makePicture } from '@windlass/testkit/house/make-picture';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { openPortal, type Portal } from '@windlass/testkit/house/open-portal';
import { placeOrder } from '@windlass/testkit/house/place-order';
import { runSql } from '@windlass/testkit/house/run-sql';
import { patchBytes, sendArtwork } from '@windlass/testkit/house/send-artwork';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { dataOf } from '@windlass/testkit/house/visitor';

/** As in the README, a million times smaller. */
const LIMITS = { linkBytes: 20_000, linkStarts: 8, shopBytes: 60_000 };

let house: House;
let shop: Shop;
let orderId: string;
let portal: Portal;

beforeAll(async () => {
  house = await startHouse({ uploadLimits: LIMITS });
});
afterAll(() => house.close());
beforeEach(async () => {
  shop = await makeShop(house, 'Paper & Signal');
  orderId = (await placeOrder(house, shop)).id;
  portal = await openLink();
});

const operator = () => shop.operator.visitor;
const openLink = async () =>
  openPortal(house, new URL(dataOf(await operator().mutate('artwork.makeLink', { orderId })).url).pathname.slice(3));
const begin = (sizeBytes: number, by = portal) => by.ask('start', { name: 'large.png', sizeBytes });
const beginByHand = (sizeBytes: number) =>
  operator().mutate('artwork.startUpload', { orderId, name: 'large.png', sizeBytes });
const statesOf = async () =>
  (
    await runSql<{ state: string }>(
      house,
      'select state from artwork_upload where order_id = $1 order by created_at, id',
      [orderId],
    )
  ).map(({ state }) => state);
const folder = () => new URL('.uploads', `${house.common.storageUrl}/`);
const onDisk = (plan: UploadPlan) => readdirSync(folder()).filter((name) => name.startsWith(plan.uploadId));

/** The sweep, as it comes every ten minutes; ended uploads are a minute old by then. */
async function sweep(): Promise<void> {
  await runSql(house, `update artwork_upload set ended_at = ended_at - interval '1 minute' where state <> 'open'`);
  const id = (await house.database.transaction((tx) =>
    enqueue(tx, { job: jobs['artwork.sweep'], payload: {} }, { shopId: null }),
  ))!;
  await until(
    'the sweep',
    async () =>
      (await runSql<{ state: string }>(house, 'select state from job where id = $1', [id]))[0]!.state === 'succeeded',
  );
}

describe('by a customer’s link', () => {
  test('what is promised counts from the start on: beyond 20 GB a day the next file is refused, with when there is room', async () => {
    expect([(await begin(12_000)).status, (await begin(8_000)).status]).toEqual([200, 200]);
    const refused = await begin(1);
    expect([refused.status, refused.body.error!.code]).toEqual([429, 'LINK_FULL']);
    expect(refused.body.error!.message).toBe(
      '20 kB a day can be sent by this link, and 0 B of it are left. Give up files that are on their way, send a smaller one, or go on in 24 h.',
    );
    // A little of it leaves the day, and is free again.
    await runSql(
      house,
      `update artwork_upload set created_at = now() - interval '23 hours 30 minutes'
        where order_id = $1 and size_bytes = 12000`,
      [orderId],
    );
    expect((await begin(1)).body.error!.message).toMatch(/or go on in 30 min\.$/);
    await runSql(
      house,
      `update artwork_upload set created_at = now() - interval '25 hours' where order_id = $1 and size_bytes = 12000`,
      [orderId],
    );
    expect([(await begin(12_000)).status, (await begin(1)).status]).toEqual([200, 429]);
  });

  test('of many starts at once no two pass the last byte', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => begin(4_500)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(4);
    const [promised] = await runSql(
      house,
      `select sum(size_bytes)::int as bytes from artwork_upload where order_id = $1 and state = 'open'`,
      [orderId],
    );
    expect(promised).toEqual({ bytes: 18_000 });
  });

  test('the 201st start of a day is refused, also where all before it were given up', async () => {
    for (let n = 0; n < LIMITS.linkStarts; n += 1) {
      const { uploadId } = await portal.call('start', { name: 'a.png', sizeBytes: 10 });
      await portal.call('abandon', { uploadId });
    }
    const refused = await begin(10);
    expect([refused.status, refused.body.error!.code]).toEqual([429, 'TOO_MANY_STARTS']);
    expect(refused.body.error!.message).toMatch(/^8 files a day can be begun by this link\. .* in 24 h\.$/);
  });

  test('what is given up or refused gives back what it promised', async () => {
    const first = await portal.call('start', { name: 'a.png', sizeBytes: 20_000 });
    expect((await begin(5)).status).toBe(429);
    await portal.call('abandon', { uploadId: first.uploadId });
    const second = await portal.call('start', { name: 'page.html', sizeBytes: 20_000 });
    await patchBytes(house, second, Buffer.alloc(20_000, '<html>'));
    expect((await portal.ask('finish', { uploadId: second.uploadId })).status).toBe(415);
    expect((await begin(20_000)).status).toBe(200);
    expect(await statesOf()).toEqual(['abandoned', 'refused', 'open']);
  });

  test('a link’s day is its own, and a file larger than the day is told that it never will', async () => {
    expect((await begin(20_000)).status).toBe(200);
    const alone = await begin(20_001);
    expect([alone.status, alone.body.error!.code]).toEqual([413, 'LINK_FULL']);
    const otherOrder = await placeOrder(house, shop);
    const { url } = dataOf(await operator().mutate('artwork.makeLink', { orderId: otherOrder.id }));
    expect((await begin(20_000, openPortal(house, new URL(url).pathname.slice(3)))).status).toBe(200);
  });
});

describe('by an operator, and for the shop as a whole', () => {
  test('an operator is held by what the shop holds, stored and promised, and told what frees it', async () => {
    expect([(await beginByHand(40_000)).status, (await begin(15_000)).status]).toEqual([200, 200]);
    const refused = await beginByHand(6_000);
    expect([refused.status, refused.error!.code]).toEqual([409, 'SHOP_FULL']);
    expect(refused.error!.message).toMatch(
      /^The shop’s 60 kB for artwork do not hold this file: 55 kB are taken\. 55 kB of it are promised .* after three days by themselves\. Remove artwork .* UPLOAD_SHOP_GB raised where Windlass is set up\.$/,
    );
    const customer = await begin(
      6_000,
      await openLink().then(async () => {
        await runSql(
          house,
          `update artwork_upload set created_at = created_at - interval '2 days' where order_id = $1`,
          [orderId],
        );
        return portal;
      }),
    );
    expect([customer.status, customer.body.error!.code, customer.body.error!.message.includes('GB')]).toEqual([
      409,
      'SHOP_FULL',
      false,
    ]);
  });

  test('eight operators at once do not pass the last byte of the shop', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => beginByHand(14_000)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 200, 409, 409, 409, 409]);
  });

  test('a stored file counts once, and no more when it is removed', async () => {
    const bytes = await makePicture({ width: 120, height: 90, seed: 77 });
    const { artworkId } = await sendArtwork(house, operator(), { orderId, bytes });
    const room = LIMITS.shopBytes - bytes.length;
    expect((await beginByHand(room + 1)).status).toBe(409);
    dataOf(await operator().mutate('artwork.remove', { id: artworkId }));
    await runSql(house, `update artwork set removed_at = now() - interval '2 minutes' where id = $1`, [artworkId]);
    await sweep();
    expect((await beginByHand(LIMITS.shopBytes)).status).toBe(200);
  });
});

describe('when an upload ends', () => {
  test('abandoned ones are ended after three days, their files go, and after seven more days they themselves', async () => {
    const plan = await portal.call('start', { name: 'a.png', sizeBytes: 2_000 });
    await patchBytes(house, plan, Buffer.alloc(500));
    expect(onDisk(plan)).toHaveLength(2);
    await runSql(house, `update artwork_upload set created_at = now() - interval '73 hours' where id = $1`, [
      plan.uploadId,
    ]);
    await sweep();
    expect(await statesOf()).toEqual(['abandoned']);
    await sweep();
    expect([onDisk(plan), await statesOf()]).toEqual([[], ['abandoned']]);
    await runSql(house, `update artwork_upload set ended_at = now() - interval '8 days' where id = $1`, [
      plan.uploadId,
    ]);
    await sweep();
    expect(await statesOf()).toEqual([]);
  });

  test('a finished one leaves its artwork alone when it is pruned', async () => {
    const { artworkId, uploadId } = await sendArtwork(house, operator(), {
      orderId,
      bytes: await makePicture({ width: 30, height: 30, seed: 4 }),
    });
    await runSql(house, `update artwork_upload set ended_at = now() - interval '8 days' where id = $1`, [uploadId]);
    await sweep();
    await sweep();
    expect(await runSql(house, 'select 1 from artwork_upload where id = $1', [uploadId])).toEqual([]);
    expect((await operator().get(`/artwork/originals/${artworkId}`)).status).toBe(200);
  });

  test('bytes that had become an object before their upload was given up go too', async () => {
    const { uploadId } = dataOf(await beginByHand(1_000));
    await house.storage.put(
      `artwork/${shop.id}/${uploadId}`,
      (async function* () {
        yield Buffer.alloc(1_000);
      })(),
    );
    await runSql(house, `update artwork_upload set created_at = now() - interval '73 hours' where id = $1`, [uploadId]);
    await sweep();
    await sweep();
    expect(await house.storage.head(`artwork/${shop.id}/${uploadId}`)).toBeNull();
  });
});

describe('when the customer’s link is closed', () => {
  test('what is on its way by it ends: no PATCH is taken any more, nothing can be finished or begun, and its bytes are gone', async () => {
    const plan = await portal.call('start', { name: 'a.png', sizeBytes: 2_000 });
    await patchBytes(house, plan, Buffer.alloc(500));
    const byHand = dataOf(await beginByHand(100));
    dataOf(await operator().mutate('artwork.revokeLink', { orderId }));
    expect((await patchBytes(house, plan, Buffer.alloc(2_000), 500)).status).toBe(404);
    expect((await portal.ask('finish', { uploadId: plan.uploadId })).status).toBe(410);
    expect((await begin(10)).status).toBe(410);
    expect(onDisk(plan)).toEqual([]);
    // An operator's own upload goes on.
    expect([await statesOf(), (await patchBytes(house, byHand, Buffer.alloc(100))).status]).toEqual([
      ['abandoned', 'open'],
      204,
    ]);
  });

  test('a PATCH that is running is cut off', async () => {
    const plan = await portal.call('start', { name: 'a.png', sizeBytes: 15_000 });
    const { port } = new URL(house.server.url);
    const sending = request({
      host: '127.0.0.1',
      port,
      path: new URL(plan.url!).pathname,
      method: 'PATCH',
      headers: {
        'tus-resumable': '1.0.0',
        'upload-offset': '0',
        'content-type': 'application/offset+octet-stream',
        'content-length': '15000',
      },
    });
    const ended = new Promise<number>((resolve) => {
      sending.on('response', (answer) => resolve(answer.statusCode!));
      sending.on('error', () => resolve(0));
    });
    sending.write(Buffer.alloc(1_000));
    await until('the first bytes', () => onDisk(plan).length === 2);
    dataOf(await operator().mutate('artwork.revokeLink', { orderId }));
    // Cut, or told that it is gone: whichever of the file and the link it looked at first.
    expect([0, 404, 410]).toContain(await ended);
    sending.destroy();
    await sweep();
    expect(onDisk(plan)).toEqual([]);
  });
});
