import { type S3Server, startS3Server } from '@windlass/testkit/start-s3-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePicture } from '@windlass/testkit/house/make-picture';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { placeOrder } from '@windlass/testkit/house/place-order';
import { runSql } from '@windlass/testkit/house/run-sql';
import { patchBytes } from '@windlass/testkit/house/send-artwork';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { type RunningServer, startServer } from '@windlass/testkit/house/start-server';
import { dataOf, openVisitor, type Visitor } from '@windlass/testkit/house/visitor';

/**
 * One upload finished several times at once, by two tabs, or by a try again while the first still runs; on two servers
 * too.
 */
describe.each(['disk', 's3'] as const)('on %s', (kind) => {
  let s3: S3Server | undefined;
  let house: House;
  let second: RunningServer;
  let shop: Shop;
  let visitors: Visitor[];
  let orderId: string;

  beforeAll(async () => {
    if (kind === 's3') s3 = await startS3Server();
    house = await startHouse({ worker: false, ...(s3 && { storageUrl: s3.url() }) });
    second = await startServer(house.common);
    shop = await makeShop(house, 'Paper & Signal');
    const { cookie } = shop.operator.visitor;
    visitors = [house.server, second].map(({ url }) => openVisitor(() => url, cookie));
    orderId = (await placeOrder(house, shop)).id;
  });
  afterAll(async () => {
    await second.stop();
    await house.close();
    await s3?.close();
  });

  let seed = 0;
  /** An upload all of whose bytes have arrived. */
  async function arrived({
    name,
    bytes,
    replacesId,
  }: {
    name: string;
    bytes?: Uint8Array;
    replacesId?: string;
  }): Promise<string> {
    const body = bytes ?? (await makePicture({ width: 40, height: 40, seed: (seed += 1) }));
    const [visitor] = visitors as [Visitor];
    const plan = dataOf(
      await visitor.mutate('artwork.startUpload', {
        orderId,
        name,
        sizeBytes: body.length,
        ...(replacesId && { replacesId }),
      }),
    );
    if (plan.protocol === 'tus') {
      expect((await patchBytes(house, plan, body)).status).toBe(204);
    } else {
      const { urls } = dataOf(await visitor.mutate('artwork.partUrls', { uploadId: plan.uploadId, parts: [1] }));
      expect((await fetch(urls[0]!.url, { method: 'PUT', body: new Uint8Array(body) })).status).toBe(200);
    }
    return plan.uploadId;
  }
  /** Three on each server. */
  const finishes = (uploadId: string) =>
    Promise.all(Array.from({ length: 6 }, (_, i) => visitors[i % 2]!.mutate('artwork.finishUpload', { uploadId })));
  const objectOf = (uploadId: string) => house.storage.head(`artwork/${shop.id}/${uploadId}`);
  const artworksCalled = (name: string) =>
    runSql<{ id: string }>(house, 'select id from artwork where name = $1', [name]);

  test('all of them answer the one artwork', async () => {
    for (let round = 0; round < 8; round += 1) {
      const name = `once-${round}.png`;
      const uploadId = await arrived({ name });
      const answers = await finishes(uploadId);
      expect(answers.map(({ status, error }) => error?.code ?? status)).toEqual(Array(6).fill(200));
      const made = await artworksCalled(name);
      expect(made).toHaveLength(1);
      expect(new Set(answers.map(({ data }) => data!.artworkId))).toEqual(new Set(made.map(({ id }) => id)));
      expect(await objectOf(uploadId)).not.toBeNull();
    }
  });

  test('all of them are refused for the same reason, and so is one that comes later; nothing is kept', async () => {
    for (let round = 0; round < 4; round += 1) {
      const name = `page-${round}.png`;
      const uploadId = await arrived({ name, bytes: Buffer.from(`<!doctype html><p>${round}`) });
      const answers = [...(await finishes(uploadId)), await visitors[1]!.mutate('artwork.finishUpload', { uploadId })];
      expect(answers.map(({ status, error }) => [status, error!.code])).toEqual(Array(7).fill([415, 'NOT_ARTWORK']));
      expect(new Set(answers.map(({ error }) => error!.message)).size).toBe(1);
      expect([await objectOf(uploadId), await artworksCalled(name)]).toEqual([null, []]);
    }
  });

  /**
   * The database lets the first finish find a newer version, and no other: as if somebody had taken that version away
   * in this moment.
   */
  const REFUSE_FIRST = [
    `create sequence tries`,
    `create function refuse_first() returns trigger language plpgsql as
      $$ begin if nextval('tries') = 1 then return null; end if; return new; end $$`,
    `create trigger refuse_first before update of superseded_at on artwork for each row execute function refuse_first()`,
  ];
  /** Between the first's refusal and its being written down the others come as far. */
  const WRITE_SLOWLY = [
    `create function write_slowly() returns trigger language plpgsql as $$ begin perform pg_sleep(0.7); return null; end $$`,
    `create trigger write_slowly before update on artwork_upload for each statement execute function write_slowly()`,
  ];

  test('where one is refused while another makes the artwork, its object stays; else nothing is made', async () => {
    const made: boolean[] = [];
    for (let round = 0; round < 6; round += 1) {
      const [before, name] = [`v1-${round}.png`, `v2-${round}.png`];
      const { artworkId: replacesId } = dataOf(
        await visitors[0]!.mutate('artwork.finishUpload', { uploadId: await arrived({ name: before }) }),
      );
      const uploadId = await arrived({ name, replacesId });
      const slowly = round % 2 === 1;
      for (const statement of [...REFUSE_FIRST, ...(slowly ? WRITE_SLOWLY : [])]) await runSql(house, statement);
      const answers = await finishes(uploadId);
      await runSql(house, 'drop function refuse_first cascade');
      if (slowly) await runSql(house, 'drop function write_slowly cascade');
      await runSql(house, 'drop sequence tries');
      const artworks = await artworksCalled(name);
      made.push(artworks.length === 1);
      if (artworks.length === 1) {
        expect(answers.map(({ data }) => data?.artworkId)).toEqual(Array(6).fill(artworks[0]!.id));
        expect(await objectOf(uploadId), 'its object').not.toBeNull();
      } else {
        expect(answers.map(({ error }) => error?.code)).toEqual(Array(6).fill('REPLACED_ALREADY'));
        expect(await objectOf(uploadId)).toBeNull();
      }
    }
    expect(made).toContain(true);
  });

  test('given up while it is being finished, it is either artwork or gone', async () => {
    for (let round = 0; round < 8; round += 1) {
      const name = `given-up-${round}.png`;
      const uploadId = await arrived({ name });
      const [answers] = await Promise.all([
        finishes(uploadId),
        visitors[round % 2]!.mutate('artwork.abandonUpload', { uploadId }),
      ]);
      const artworks = await artworksCalled(name);
      expect(answers.map(({ data, error }) => data?.artworkId ?? error!.code)).toEqual(
        Array(6).fill(artworks[0]?.id ?? 'NOT_FOUND'),
      );
      expect((await objectOf(uploadId)) !== null).toBe(artworks.length === 1);
    }
  });
});
