import { createHash, randomBytes } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { uploadName } from '@windlass/capabilities/artwork/link-token';
import type { Place } from '@windlass/capabilities/artwork/upload/create-uploader';
import { type S3Server, startS3Server } from '@windlass/testkit/start-s3-server';
import { until } from '@windlass/testkit/until';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { NodeXhr, wire } from '../upload/test/node-xhr.ts';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { type OpenedUploader, openUploader } from './open-uploader.ts';
import { placeOrder } from '@windlass/testkit/house/place-order';
import { runSql } from '@windlass/testkit/house/run-sql';
import { LINK_SECRET } from '@windlass/testkit/house/settings';
import { type House, startHouse } from '@windlass/testkit/house/start-house';

// The page's build of the library, over the page's kind of request: see create-uploader.test.ts.
vi.mock('../../node_modules/tus-js-client', () => import('../../node_modules/tus-js-client/lib.esm/browser/index.js'));

const isCompleting = ({ method, query }: { method: string; query: Record<string, string | undefined> }) =>
  method === 'POST' && query['uploadId'] !== undefined;

/** All bytes have arrived, and then something fails: what is sent after that is a finish, and not one byte. */
describe.each(['disk', 's3'] as const)('on %s', (kind) => {
  let s3: S3Server | undefined;
  let house: House;
  let shop: Shop;
  let orderId: string;
  let page: OpenedUploader;
  /** Says when the line is back: sooner than the waits end. */
  const browser = new EventTarget();
  const goOn = () => browser.dispatchEvent(new Event('online'));

  beforeAll(async () => {
    vi.stubGlobal('XMLHttpRequest', NodeXhr);
    vi.stubGlobal('addEventListener', browser.addEventListener.bind(browser));
    vi.stubGlobal('removeEventListener', browser.removeEventListener.bind(browser));
    if (kind === 's3') s3 = await startS3Server();
    house = await startHouse({ worker: false, ...(s3 && { storageUrl: s3.url() }) });
    shop = await makeShop(house, 'Paper & Signal');
  });
  afterAll(async () => {
    await house.close();
    await s3?.close();
    vi.unstubAllGlobals();
  });
  beforeEach(async () => {
    orderId = (await placeOrder(house, shop)).id;
    page = openUploader(shop.operator.visitor, orderId);
  });
  afterEach(() => {
    if (s3) s3.trouble = undefined;
    wire.reset();
  });

  /** In two parts, or two requests. */
  const makeFile = () =>
    new File(['8BPS', randomBytes(8 * 1024 * 1024 + 1_000)], 'large.psd', { lastModified: 1_700_000_000_000 });
  const items = () => page.uploader.now().items;
  const stands = (...states: string[]) =>
    vi.waitFor(() => expect(items().map(({ state }) => state)).toEqual(states), { timeout: 60_000, interval: 10 });
  const keyOf = (uploadId: string) => `artwork/${shop.id}/${uploadId}`;

  /** It has ended as one artwork with its own bytes, and none went out since `sent`. */
  async function expectFinished(file: File, sent: number): Promise<void> {
    await stands('done');
    expect(wire.bodyBytes - sent).toBe(0);
    expect(page.said.filter((word) => word === 'start')).toHaveLength(1);
    const artworks = await runSql<{ key: string }>(
      house,
      'select f.object_key as key from artwork a join artwork_file f on f.id = a.file_id where a.order_id = $1',
      [orderId],
    );
    expect(artworks.map(({ key }) => key)).toEqual([keyOf(page.uploadId!)]);
    const stored = await buffer((await house.storage.open(artworks[0]!.key)).stream);
    const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
    expect(sha256(stored)).toBe(sha256(new Uint8Array(await file.arrayBuffer())));
    expect(page.uploader.interrupted()).toEqual([]);
  }

  /** Sends a file whose finish fails; answers how much had gone out by then. */
  async function sendUntilHindered(file: File, place?: Place): Promise<number> {
    page.uploader.add([file], place);
    await until('a finish that failed', () => items()[0]?.state === 'offline' && page.said.includes('finish'));
    return wire.bodyBytes;
  }

  /** As a server leaves it that is killed when the bytes have become the object. */
  async function adoptByHand(uploadId: string): Promise<void> {
    const { uploads } = house.storage;
    if (uploads.kind === 'folder') {
      await uploads.adopt(path.join(uploads.folder, uploadName(LINK_SECRET, uploadId)), keyOf(uploadId));
    } else {
      const [upload] = await runSql<{ multipartId: string }>(
        house,
        'select multipart_id as "multipartId" from artwork_upload where id = $1',
        [uploadId],
      );
      await uploads.complete({ key: keyOf(uploadId), ...upload! });
    }
  }

  /** The store takes no object. */
  async function whileStoreIsAway(work: () => Promise<void>): Promise<void> {
    if (s3) {
      s3.trouble = async (ctx, next) => {
        if (!isCompleting(ctx)) return next();
        ctx.status = 503;
      };
      await work();
      s3.trouble = undefined;
      return;
    }
    const objects = path.join(fileURLToPath(house.common.storageUrl), 'artwork');
    await rename(objects, `${objects}-aside`).catch(() => {});
    await writeFile(objects, 'a file where a folder should be');
    await work();
    await rm(objects);
    await rename(`${objects}-aside`, objects).catch(() => {});
  }

  test('the store takes no object: the file has failed and says why, and “Try again” only finishes', async () => {
    const file = makeFile();
    let sent = 0;
    await whileStoreIsAway(async () => {
      sent = await sendUntilHindered(file);
      await until('the last try by itself', () => goOn() && items()[0]?.state === 'failed');
    });
    expect(items()[0]).toMatchObject({
      state: 'failed',
      sentence: 'The file storage does not answer just now. Try again in a moment; nothing is lost.',
    });
    page.said.length = 1;
    page.uploader.retry();
    await expectFinished(file, sent);
    expect(page.said).toEqual(['start', 'resume', 'finish']);
  });

  test('the bytes have become the object and no row can be written', async () => {
    const file = makeFile();
    await runSql(
      house,
      `create function full_up() returns trigger language plpgsql as
        $$ begin raise exception 'no room' using errcode = '53100'; end $$`,
    );
    await runSql(house, 'create trigger full_up before insert on artwork for each row execute function full_up()');
    const sent = await sendUntilHindered(file);
    expect(await house.storage.head(keyOf(page.uploadId!))).toMatchObject({ size: file.size });
    await runSql(house, 'drop function full_up cascade');
    goOn();
    await expectFinished(file, sent);
  });

  test('the server is killed when the bytes have just become the object', async () => {
    const file = makeFile();
    page.interfere = (word) => {
      if (word === 'finish') throw new TypeError('Failed to fetch');
    };
    const sent = await sendUntilHindered(file);
    await adoptByHand(page.uploadId!);
    page.interfere = () => {};
    goOn();
    await expectFinished(file, sent);
  });

  test('the server ends between the object and its row, and another one comes', async () => {
    const file = makeFile();
    const held = Promise.withResolvers<void>();
    const holding = house.database.transaction(async (tx) => {
      await tx.rows('hold-order', 'select id from customer_order where id = $1 for update', [orderId]);
      await held.promise;
    });
    page.uploader.add([file]);
    const waiting = `select pid from pg_stat_activity
      where datname = current_database() and application_name = 'windlass server' and wait_event_type = 'Lock'`;
    await until('a finish that waits for its order', async () => (await runSql(house, waiting)).length === 1);
    expect(await house.storage.head(keyOf(page.uploadId!))).not.toBeNull();
    const sent = wire.bodyBytes;
    await house.restart();
    held.resolve();
    await holding;
    await until('the next server', () => goOn() && items()[0]?.state === 'done');
    await expectFinished(file, sent);
  });

  test('the row is written and the answer is lost', async () => {
    const file = makeFile();
    page.interfere = (word, answered) => {
      if (word === 'finish' && answered) throw new TypeError('Failed to fetch');
    };
    const sent = await sendUntilHindered(file);
    page.interfere = () => {};
    goOn();
    await expectFinished(file, sent);
  });

  test('the page is loaded anew when the bytes are the object: dropped again, the file is only finished', async () => {
    const file = makeFile();
    page.interfere = (word) => {
      if (word === 'finish') throw new TypeError('Failed to fetch');
    };
    const sent = await sendUntilHindered(file);
    const { uploadId } = page;
    await adoptByHand(uploadId!);
    page.uploader.pause(); // a page that is gone does nothing more
    page = Object.assign(page.reload(), { uploadId, said: ['start'] });
    page.uploader.add([file]);
    await expectFinished(file, sent);
  });

  test('a refusal whose answer is lost is answered again, and the file is not sent for it a second time', async () => {
    page.uploader.add([makeFile()]);
    await stands('done');
    const [first] = await runSql<{ id: string }>(house, 'select id from artwork where order_id = $1', [orderId]);
    page = openUploader(shop.operator.visitor, orderId);
    page.interfere = async (word, answered) => {
      if (word !== 'finish') return;
      if (answered) throw new TypeError('Failed to fetch');
      await runSql(house, 'update artwork set superseded_at = now() where id = $1', [first!.id]);
    };
    const sent = await sendUntilHindered(makeFile(), { replacesId: first!.id });
    page.interfere = () => {};
    goOn();
    await stands('refused');
    expect(items()[0]!.sentence).toBe('Somebody has sent a newer version meanwhile. Look at it, then send yours.');
    expect([wire.bodyBytes - sent, page.said.filter((word) => word === 'start').length]).toEqual([0, 1]);
    expect(await house.storage.head(keyOf(page.uploadId!))).toBeNull();
  });

  test('an upload whose bytes are gone is begun anew, and the old one is given up', async () => {
    const file = makeFile();
    page.interfere = (word) => {
      if (word === 'finish') throw new TypeError('Failed to fetch');
    };
    const sent = await sendUntilHindered(file);
    const first = page.uploadId!;
    await adoptByHand(first);
    await house.storage.remove(keyOf(first));
    page.interfere = () => {};
    goOn();
    await stands('done');
    expect(wire.bodyBytes - sent).toBe(file.size);
    await until(
      'the first to be given up',
      async () =>
        (await runSql(house, `select 1 from artwork_upload where id = $1 and state = 'abandoned'`, [first])).length ===
        1,
    );
  });

  test.runIf(kind === 's3')('the store makes the object and its answer is lost', async () => {
    const file = makeFile();
    s3!.trouble = async (ctx, next) => {
      if (!isCompleting(ctx)) return next();
      await next().catch(() => {});
      ctx.status = 500;
      ctx.body = '';
    };
    page.uploader.add([file]);
    await until('an end', () => items()[0]?.state === 'done' || items()[0]?.state === 'offline');
    const sent = wire.bodyBytes;
    s3!.trouble = undefined;
    goOn();
    await expectFinished(file, sent);
  });
});
