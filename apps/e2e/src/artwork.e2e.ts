import { writeFile } from 'node:fs/promises';
import { type Browser, expect, type Page, test } from '@playwright/test';
import sharp from 'sharp';
import { ALONE, killProgram } from './kill-program.ts';
import { Admin } from './pages/admin.ts';
import { makeApiKey, sendOrder } from './send-order.ts';

const shirt = {
  sku: 'ICON-96',
  title: 'T-shirt, navy',
  quantity: 24,
  unitMinor: 1900,
  decoration: { method: 'screen print', location: 'full front', size: '30 × 40 cm' },
};

/** A photo in size and noise: 12 megapixels, about 2 MB. */
async function makePhoto(seed: number): Promise<Buffer> {
  const [width, height] = seed % 2 === 0 ? [4000, 3000] : [3000, 4000];
  const noise = await sharp({
    create: {
      width: 500,
      height: 500,
      channels: 3,
      background: `hsl(${seed * 47} 60% 50%)`,
      noise: { type: 'gaussian', mean: 128, sigma: 25 },
    },
  })
    .png()
    .toBuffer();
  return sharp(noise)
    .resize(width, height)
    .modulate({ hue: (seed * 47) % 360, saturation: 3 })
    .jpeg({ quality: 80 })
    .toBuffer();
}

async function orderWithLink(
  browser: Browser,
  admin: Admin,
  customer: { name: string; email: string },
): Promise<{ number: number; portal: Page }> {
  const key = await makeApiKey(admin);
  const { number } = await sendOrder(admin.page.request, key, { customer, lines: [shirt] });
  await admin.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await admin.openOrder(number);
  await admin.button('Copy the customer’s link').click();
  await expect(admin.page.getByText('The customer can send artwork there')).toBeVisible();
  const url = await admin.page.evaluate(() => navigator.clipboard.readText());
  const portal = await (await browser.newContext()).newPage();
  await portal.goto(url);
  await expect(portal.getByRole('heading', { level: 1 })).toContainText(`#${number}`);
  // Its styles are found in the files of the capabilities: one that is left out looks like this alone.
  await expect(portal.getByText('Drop files or folders here').locator('..')).toHaveCSS('border-style', 'dashed');
  return { number, portal };
}

const drop = (portal: Page, files: { name: string; mimeType: string; buffer: Buffer }[]) =>
  portal.getByLabel('Choose files').first().setInputFiles(files);
const jpeg = (name: string, buffer: Buffer) => ({ name, mimeType: 'image/jpeg', buffer });

test(
  'photos dropped by the customer appear in the open gallery as they are made, though the worker is killed meanwhile; what is no artwork says why',
  ALONE,
  async ({ browser }) => {
    test.setTimeout(180_000);
    const admin = await Admin.open(browser);
    const { number, portal } = await orderWithLink(browser, admin, {
      name: 'Harbour Crew',
      email: 'harbour-crew@example.com',
    });
    const gallery = await Admin.open(browser, 'viewer');
    await gallery.goTo(`/artwork?tab=all&q=%23${number}`);
    await expect(gallery.page.getByRole('heading', { name: /No artwork matches/ })).toBeVisible();

    const photos = await Promise.all(
      Array.from({ length: 10 }, async (_, i) => jpeg(`Photo ${i + 1}.jpg`, await makePhoto(i))),
    );
    await drop(portal, [
      ...photos,
      { name: 'Not a picture.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<!doctype html><p>hello') },
    ]);
    await expect(portal.getByRole('list', { name: 'Not taken' })).toContainText('This is a web page');
    killProgram('worker');

    const tiles = gallery.page.getByRole('listitem').filter({ hasText: 'Photo' });
    await expect(tiles).toHaveCount(10, { timeout: 60_000 });
    // Each picture is really there, drawn, without a reload.
    const drawn = () =>
      gallery.page
        .getByRole('list', { name: 'Artwork' })
        .getByRole('img')
        .evaluateAll((pictures) => pictures.filter((picture) => (picture as HTMLImageElement).naturalWidth > 0).length);
    await expect.poll(drawn, { timeout: 90_000 }).toBe(10);
    await expect(portal.getByText('10 files sent, 1 not taken')).toBeVisible();
    await expect(portal.locator('[data-artwork] img')).toHaveCount(10);

    await gallery.page.keyboard.press('j');
    await gallery.page.keyboard.press('Space');
    await expect(gallery.page.getByRole('dialog')).toContainText('Photo');
    await gallery.page.keyboard.press('Escape');
    await expect(gallery.page.getByRole('dialog')).toHaveCount(0);
    await Promise.all([admin.close(), gallery.close(), portal.context().close()]);
  },
);

test('a proof is sent, changes are asked for, a new version is sent and approved by the customer; the order tells all of it', async ({
  browser,
}) => {
  const admin = await Admin.open(browser);
  const { number, portal } = await orderWithLink(browser, admin, {
    name: 'Fern Badge',
    email: 'fern-badge@example.com',
  });
  const watcher = await Admin.open(browser, 'viewer');
  await watcher.openOrder(number);
  const draw = (color: string) =>
    sharp({ create: { width: 900, height: 900, channels: 4, background: color } })
      .png()
      .toBuffer();
  await drop(portal, [{ name: 'badge.png', mimeType: 'image/png', buffer: await draw('#2a7') }]);

  await admin.goTo(`/artwork?tab=all&q=%23${number}`);
  const tile = admin.page.getByRole('button', { name: 'badge.png' });
  await tile.click();
  await admin.button('Send proof').click();
  // Whoever looks at the order meanwhile sees it happen, without asking anew.
  for (const words of ['Artwork sent: badge.png', 'Proof sent: badge.png'])
    await expect(watcher.timeline()).toContainText(words);
  await watcher.close();
  await expect(portal.getByRole('heading', { name: 'May we print this?' })).toBeVisible();
  await expect(portal.getByRole('img', { name: 'Proof of badge.png' })).toBeVisible();
  await portal.getByRole('button', { name: 'Ask for changes' }).click();
  await portal.getByLabel('What should be changed').fill('A darker green, please.');
  await portal.getByRole('button', { name: 'Send', exact: true }).click();

  const viewer = admin.page.getByRole('dialog', { name: 'badge.png' });
  await expect(viewer).toContainText('Changes requested');
  await expect(viewer).toContainText('A darker green, please.');
  await admin.page.keyboard.press('Escape');
  await portal
    .getByLabel('A new version of badge.png')
    .setInputFiles({ name: 'badge, darker.png', mimeType: 'image/png', buffer: await draw('#153') });

  await admin.goTo(`/artwork?tab=awaiting&q=%23${number}`);
  await admin.page.getByRole('button', { name: 'badge, darker.png' }).click();
  await expect(admin.page.getByRole('dialog')).toContainText('2 of 2');
  await admin.button('Send proof').click();
  await portal.getByRole('button', { name: 'Approve for printing' }).click();
  await expect(portal.getByText('Approved for printing')).toBeVisible();
  await expect(admin.page.getByRole('dialog')).toContainText('Approved');
  await admin.page.keyboard.press('Escape');

  await admin.openOrder(number);
  for (const words of [
    'Artwork sent: badge.png',
    'Proof sent: badge.png',
    'Changes requested: badge.png',
    'New version of badge, darker.png',
    'Approved for printing: badge, darker.png',
  ]) {
    await expect(admin.timeline()).toContainText(words);
  }
  await Promise.all([admin.close(), portal.context().close()]);
});

test('an upload goes on where it stood after the page was reloaded', async ({ browser }, testInfo) => {
  const admin = await Admin.open(browser);
  const { portal } = await orderWithLink(browser, admin, { name: 'Slow Line', email: 'slow-line@example.com' });
  // Noise does not compress: several megabytes that take a while on a slow line.
  const buffer = await sharp({
    create: {
      width: 2600,
      height: 2000,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  })
    .png({ compressionLevel: 0 })
    .toBuffer();
  const session = await portal.context().newCDPSession(portal);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: 10_000_000,
    uploadThroughput: 1_500_000,
  });
  const file = testInfo.outputPath('large.png');
  await writeFile(file, buffer);
  const choose = () => portal.getByLabel('Choose files').first().setInputFiles(file);
  await choose();
  const plans: string[] = [];
  portal.on('request', (request) => plans.push(new URL(request.url()).pathname.split('/').at(-1)!));
  await expect(portal.getByRole('progressbar', { name: 'Sending' })).toHaveAttribute('aria-valuenow', /^[2-7]\d$/);
  await portal.reload();
  await expect(portal.getByText('1 upload was interrupted')).toBeVisible();
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: -1,
  });
  plans.length = 0;
  await choose();
  await expect(portal.getByText('1 file sent')).toBeVisible();
  // Told where to go on, not begun anew.
  expect([plans.includes('resume'), plans.includes('start')]).toEqual([true, false]);
  await Promise.all([admin.close(), portal.context().close()]);
});

test(
  'the store fails when a file has been sent: “Try again” finishes it, and does not send it again',
  ALONE,
  async ({ browser }) => {
    const admin = await Admin.open(browser);
    const { portal } = await orderWithLink(browser, admin, { name: 'Full Moon', email: 'full-moon@example.com' });
    await admin.goTo('/trouble');
    const store = admin.page.locator('section', { has: admin.page.getByRole('heading', { name: 'The storage' }) });
    await store.getByText('Down', { exact: true }).click();
    await expect(admin.page.getByText('Something is broken on purpose')).toBeVisible();
    const sent: string[] = [];
    portal.on('request', (request) =>
      sent.push(`${request.method()} ${new URL(request.url()).pathname.split('/').at(-1)}`),
    );
    await drop(portal, [jpeg('Moon.jpg', await makePhoto(1))]);
    const failed = portal.getByRole('list', { name: 'Not sent' });
    await expect(failed).toContainText('The file storage does not answer just now', { timeout: 60_000 });
    expect(sent.filter((request) => request.startsWith('PATCH'))).toHaveLength(1);
    await store.getByText('Works', { exact: true }).click();
    await expect(admin.page.getByText('Everything works')).toBeVisible();
    sent.length = 0;
    await expect(async () => {
      await failed.getByRole('button', { name: 'Try again with Moon.jpg' }).click({ timeout: 1_000 });
      await expect(portal.getByText('1 file sent')).toBeVisible();
    }).toPass({ timeout: 60_000 });
    expect([sent.includes('POST resume'), sent.includes('POST finish')]).toEqual([true, true]);
    expect(sent.filter((request) => /^(PATCH|POST start|HEAD)/.test(request))).toEqual([]);
    await Promise.all([admin.close(), portal.context().close()]);
  },
);
