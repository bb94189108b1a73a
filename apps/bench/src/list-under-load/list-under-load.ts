import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { enqueuePrepare } from '@windlass/capabilities/artwork/operations';
import type { Database } from '@windlass/db/open-database';
import { amountOf, type Benchmark, type Figure } from '../benchmark.ts';
import { makePhotos } from '../images/make-photos.ts';
import { nowMs } from '../measure/clock.ts';
import { quantile } from '../measure/quantile.ts';
import { runSchedule } from '../measure/run-schedule.ts';
import { spreadOf } from '../measure/spread.ts';
import { fillShop } from '../order-list/fill-shop.ts';
import { artworkId, fileId, makeArtwork } from '../world/make-artwork.ts';
import { makeShop, SHOP_ID, signIn } from '../world/make-shop.ts';
import { openTestDatabase } from '../world/open-test-database.ts';
import { startServer } from '../world/start-server.ts';
import { startWorker } from '../world/start-worker.ts';
import type { World } from '../world/world.ts';

export const listUnderLoad: Benchmark = {
  name: 'list-under-load',
  what:
    'The order list through HTTP on the real server, 40 requests a second on a fixed schedule, while the real worker makes pictures of 500 photos of 12 ' +
    'megapixels on the same two cores; before that, and again afterwards, with nothing to do. Each request is timed from its planned start.',
  run,
};

/** In small others use the machine meanwhile: a server that is asked for more than it can answers 503, as it should. */
const PER_SECOND = { full: 40, small: 5 };

async function run(world: World): Promise<Figure[]> {
  const [count, seconds] = world.small ? [6, 2] : [500, 15];
  const perSecond = PER_SECOND[world.small ? 'small' : 'full'];
  const databaseUrl = await world.createDatabase();
  const eyes = openTestDatabase(world, databaseUrl);
  const shop = await makeShop(eyes, 'viewer');
  await fillShop(databaseUrl, { orders: world.small ? 200 : 20_000, seed: world.seed, withHistory: 0 });
  const folder = world.createFolder();
  const storageUrl = pathToFileURL(folder).href;
  const server = await startServer(world, { databaseUrl, storageUrl });
  const cookie = await signIn(server, shop);
  await storePhotos(world, eyes, { folder, count });
  await startWorker(world, {
    databaseUrl,
    engineUrl: databaseUrl,
    smtpUrl: 'smtp://127.0.0.1:1',
    publicUrl: server.url,
    storageUrl,
  });

  const url = `${server.url}/api/trpc/orders.list?input=${encodeURIComponent(JSON.stringify({ tab: 'all', limit: 50 }))}`;
  const ask = async () => {
    const answer = await fetch(url, { headers: { cookie } });
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`the list answered ${answer.status}`);
  };
  const requests = Array.from({ length: perSecond * seconds }, (_, i) => i);
  const round = () => runSchedule(requests, perSecond, ask);
  await round(); // warm
  const idle = [await round()];

  await askForAll(eyes, count);
  while ((await readyCount(eyes)) < 1) await new Promise((wait) => setTimeout(wait, 50));
  const readyBefore = await readyCount(eyes);
  const begun = nowMs();
  const busy = [await round()];
  for (let i = 1; i < Math.min(3, world.rounds); i += 1) busy.push(await round());
  const readyAfter = await readyCount(eyes);
  const madePerSecond = (readyAfter - readyBefore) / ((nowMs() - begun) / 1000);
  if (readyAfter === count && !world.small)
    world.say('  the photos were done before the measuring was: the figure is too good');
  await eyes.sql.rows(
    'stop-all',
    `update job set state = 'cancelled', cancel_requested_at = now()
      where name = 'artwork.prepare' and state in ('queued', 'active')`,
  );
  await new Promise((wait) => setTimeout(wait, world.small ? 200 : 4_000));
  idle.push(await round());

  const p95 = (rounds: number[][]) => rounds.map((latencies) => quantile(latencies, 0.95));
  const p50 = (rounds: number[][]) => rounds.map((latencies) => quantile(latencies, 0.5));
  const middle = (values: number[]) => spreadOf(values).median;
  return [
    {
      what: 'p95 against idle, 500 photos in work',
      amount: { value: middle(p95(busy)) / middle(p95(idle)), unit: 'x' },
      target: 'load.p95',
    },
    {
      what: 'p95 in work',
      amount: amountOf(spreadOf(p95(busy)), 'ms'),
      twin: { what: 'idle', amount: amountOf(spreadOf(p95(idle)), 'ms') },
    },
    {
      what: 'p50 in work',
      amount: amountOf(spreadOf(p50(busy)), 'ms'),
      twin: { what: 'idle', amount: amountOf(spreadOf(p50(idle)), 'ms') },
    },
    { what: 'pictures finished meanwhile', amount: { value: madePerSecond, unit: '/s' } },
  ];
}

/** Photos that differ in their bytes alone, so that each is a content of its own. */
async function storePhotos(
  world: World,
  eyes: Database,
  { folder, count }: { folder: string; count: number },
): Promise<void> {
  const photos = await makePhotos(world.createFolder(), {
    megapixels: world.small ? 1 : 12,
    count: world.small ? 1 : 5,
    seed: world.seed,
  });
  const bytes = photos.map((file) => readFileSync(file));
  mkdirSync(path.join(folder, 'artwork'), { recursive: true });
  const files = Array.from({ length: count }, (_, i) => {
    const content = Buffer.concat([bytes[i % bytes.length]!, Buffer.from(`photo ${i}`)]);
    writeFileSync(path.join(folder, 'artwork', String(i)), content);
    return {
      objectKey: `artwork/${i}`,
      sizeBytes: content.length,
      state: 'waiting' as const,
      width: 4000,
      height: 3000,
      thumbhash: null,
      rendition: null,
    };
  });
  await makeArtwork(eyes, files);
}

const askForAll = (eyes: Database, count: number): Promise<void> =>
  eyes.transaction(async (tx) => {
    for (let n = 1; n <= count; n += 1)
      await enqueuePrepare(tx, { id: fileId(n), shopId: SHOP_ID, artworkId: artworkId(n), round: 1 });
  });

const readyCount = async (eyes: Database): Promise<number> =>
  (await eyes.sql.row<{ n: number }>(
    'ready-files',
    `select count(*)::int as n from artwork_file where state = 'ready'`,
  ))!.n;
