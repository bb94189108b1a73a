import { cpSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createImagePipeline } from '@windlass/image-pipeline/create-image-pipeline';
import { chromium, type Page } from '@playwright/test';
import { findChromium } from '@windlass/testkit/find-chromium';
import { type Benchmark, type Figure } from '../benchmark.ts';
import { ROOT } from '../env.ts';
import { makePhotos } from '../images/make-photos.ts';
import { quantile } from '../measure/quantile.ts';
import { makeArtwork } from '../world/make-artwork.ts';
import { makeShop, signIn } from '../world/make-shop.ts';
import { openTestDatabase } from '../world/open-test-database.ts';
import { startServer } from '../world/start-server.ts';
import type { World } from '../world/world.ts';

export const gallery: Benchmark = {
  name: 'gallery',
  what:
    '10,000 artworks in the gallery of the built admin, in Chromium at 1440 by 900 without a graphics card. The list is scrolled to its end once, page by page; ' +
    'then 40 pixels a frame, a window in a third of a second, for ten seconds through what is loaded. A frame is late where it took longer than a sixtieth of a second and a half.',
  run,
};

const LATE_MS = 25;

async function run(world: World): Promise<Figure[]> {
  const [count, seconds] = world.small ? [300, 1] : [10_000, 10];
  if (!existsSync(path.join(ROOT, 'apps/admin/dist/index.html')))
    throw new Error('The admin is not built: run `npm test` or `pnpm exec turbo run build` first.');
  const databaseUrl = await world.createDatabase();
  const eyes = openTestDatabase(world, databaseUrl);
  const shop = await makeShop(eyes, 'viewer');
  const folder = world.createFolder();
  await storePictures(world, { folder, count, eyes });
  const server = await startServer(world, { databaseUrl, storageUrl: pathToFileURL(folder).href });
  const cookie = await signIn(server, shop);

  const { from: _, ...found } = await findChromium();
  const browser = await chromium.launch(found);
  world.whenOver(() => browser.close());
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const cookies = cookie.split('; ').map((pair) => pair.split(/=(.*)/s) as [string, string]);
  await context.addCookies(
    cookies.map(([name, value]) => ({ name, value, url: server.url, httpOnly: true, sameSite: 'Lax' })),
  );
  const page = await context.newPage();
  const begun = performance.now();
  await page.goto(`${server.url}/artwork?tab=all`);
  await page.locator('[data-artwork] img').first().waitFor();
  const firstMs = performance.now() - begun;
  await loadAll(page, count);
  const { frames, nodes } = await scroll(page, seconds);
  const onTime = (frames.filter((ms) => ms <= LATE_MS).length / frames.length) * 100;
  return [
    { what: 'frames on time', amount: { value: onTime, unit: '%' }, target: 'gallery.frames' },
    {
      what: 'frames a second',
      amount: { value: frames.length / (frames.reduce((sum, ms) => sum + ms, 0) / 1000), unit: '/s' },
    },
    { what: 'longest of 100 frames', amount: { value: quantile(frames, 0.99), unit: 'ms' } },
    { what: 'elements in the page, 10,000 artworks loaded', amount: { value: nodes, unit: '' } },
    { what: 'first picture in sight after the address was entered', amount: { value: firstMs, unit: 'ms' } },
  ];
}

/** Real pictures, a hundred of them, each the picture of a hundredth of the artworks. */
async function storePictures(
  world: World,
  { folder, count, eyes }: { folder: string; count: number; eyes: ReturnType<typeof openTestDatabase> },
): Promise<void> {
  const photos = await makePhotos(world.createFolder(), {
    megapixels: 1,
    count: world.small ? 3 : 20,
    seed: world.seed,
  });
  const pipeline = createImagePipeline();
  const sources: { hash: string; thumbhash: string }[] = [];
  try {
    for (const [i, photo] of photos.entries()) {
      const made = world.createFolder();
      const { thumbhash } = await pipeline.render({
        path: photo,
        outputs: [{ name: 'thumb', within: 400, formats: ['webp'] }],
        directory: made,
      });
      const hash = String(i).padStart(40, '0');
      mkdirSync(path.join(folder, 'pictures', hash), { recursive: true });
      cpSync(path.join(made, 'thumb.webp'), path.join(folder, 'pictures', hash, 'thumb.webp'));
      sources.push({ hash, thumbhash });
    }
  } finally {
    await pipeline.close();
  }
  // A hash of its own for each artwork, as in life: nothing comes out of the browser's cache.
  const files = Array.from({ length: count }, (_, i) => {
    const { hash, thumbhash } = sources[i % sources.length]!;
    const own = i.toString(16).padStart(40, 'a');
    mkdirSync(path.join(folder, 'pictures', own), { recursive: true });
    cpSync(path.join(folder, 'pictures', hash, 'thumb.webp'), path.join(folder, 'pictures', own, 'thumb.webp'));
    return {
      objectKey: `artwork/${i}`,
      sizeBytes: 1_000_000,
      state: 'ready' as const,
      width: 1155,
      height: 866,
      thumbhash,
      rendition: own,
    };
  });
  await makeArtwork(eyes, files);
}

async function loadAll(page: Page, count: number): Promise<void> {
  await page.evaluate(async (wanted) => {
    const loaded = () => document.querySelector('[aria-label=Artwork][role=list]')!.scrollHeight;
    let before = 0;
    for (let still = 0; still < 40;) {
      window.scrollTo({ top: document.body.scrollHeight });
      await new Promise((wait) => setTimeout(wait, 50));
      still = loaded() === before ? still + 1 : 0;
      before = loaded();
      if (wanted < 100) return;
    }
    window.scrollTo({ top: 0 });
    await new Promise((wait) => setTimeout(wait, 500));
  }, count);
}

/** Frame by frame, as a hand on a trackpad does; answers how long each took. */
const scroll = (page: Page, seconds: number): Promise<{ frames: number[]; nodes: number }> =>
  page.evaluate(
    (length) =>
      new Promise((done) => {
        const frames: number[] = [];
        let last = performance.now();
        const end = last + length * 1000;
        const step = (now: number) => {
          frames.push(now - last);
          last = now;
          window.scrollBy(0, 40);
          if (now < end) requestAnimationFrame(step);
          else done({ frames: frames.slice(1), nodes: document.querySelectorAll('*').length });
        };
        requestAnimationFrame(step);
      }),
    seconds,
  );
