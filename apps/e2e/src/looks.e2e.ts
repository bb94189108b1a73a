import { expect, test } from '@playwright/test';
import { expectAccessible, OF_COLOURS } from './expect-accessible.ts';
import { Admin, DEMO } from './pages/admin.ts';

const screens = [
  '/orders?tab=waiting',
  '/orders?tab=all',
  '/orders?tab=problems&q=nothing',
  '/deliveries',
  '/deliveries?days=7',
  '/orders?tab=all&from=2020-01-01&to=2099-01-31',
  '/jobs',
  '/budgets',
  '/orders?tab=rejected',
  '/settings',
  '/settings?tab=keys',
  '/settings?tab=sources',
  '/orders/import',
  '/artwork?tab=all',
  '/artwork?tab=problems',
  '/forgot',
  '/reset#nothing',
];

for (const [colorScheme, rules] of [
  ['light', undefined],
  ['dark', OF_COLOURS],
] as const) {
  test(`axe finds nothing serious on any screen, ${colorScheme}`, async ({ browser }) => {
    test.slow(); // nine screens, each looked at node by node
    const admin = await Admin.open(browser, DEMO, { colorScheme });
    for (const path of screens) {
      await admin.goTo(path);
      await expect(admin.page.getByRole('progressbar', { name: 'Loading' })).toHaveCount(0);
      await expectAccessible(admin.page, path, rules);
    }
    await admin.goTo('/orders?tab=all');
    await admin.page.getByRole('row').nth(1).click();
    await expect(admin.page.getByRole('dialog')).toContainText('Timeline');
    await expectAccessible(admin.page, 'the order drawer', rules);
    await admin.page.getByRole('link', { name: 'Full page' }).click();
    await expectAccessible(admin.page, 'the order page', rules);
    await admin.goTo('/artwork?tab=all');
    await admin.page.getByRole('list', { name: 'Artwork' }).getByRole('button').first().click();
    await expect(admin.page.getByRole('dialog')).toContainText('Download the file');
    await expectAccessible(admin.page, 'the artwork viewer', rules);
    await admin.close();
  });
}

test('on a phone every screen fits its width', async ({ browser }) => {
  const admin = await Admin.open(browser, DEMO, { viewport: { width: 375, height: 812 } });
  for (const path of screens) {
    await admin.goTo(path);
    await admin.page.waitForTimeout(300);
    expect(await admin.page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(375);
  }
  await admin.close();
});

test('the sign-in page, the link pages and the API reference have nothing serious either', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Sign in to Windlass' })).toBeVisible();
  await expectAccessible(page, 'sign-in');
  expect((await page.goto('/d/not-a-link'))!.status()).toBe(404);
  await expectAccessible(page, 'the missing link page');
  await page.goto('/a/not-a-link');
  await expect(page.getByRole('heading', { name: 'This link does not open anything' })).toBeVisible();
  await expectAccessible(page, 'the missing artwork link');
  await page.goto('/api/docs');
  await expect(page.getByText('Send an order')).toBeVisible();
});

test('the customer’s page of artwork has nothing serious, light and dark, and fits a phone', async ({ browser }) => {
  const admin = await Admin.open(browser, DEMO);
  const ask = async (name: string, input: object, post = false) => {
    const url = `/api/trpc/${name}`;
    const answer = post
      ? await admin.page.request.post(url, { data: input })
      : await admin.page.request.get(`${url}?input=${encodeURIComponent(JSON.stringify(input))}`);
    return ((await answer.json()) as { result: { data: { rows: { orderId: string }[]; url: string } } }).result.data;
  };
  const { rows } = await ask('artwork.list', { tab: 'all', limit: 1 });
  const { url } = await ask('artwork.makeLink', { orderId: rows[0]!.orderId }, true);
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ viewport: { width: 375, height: 812 }, colorScheme });
    const page = await context.newPage();
    await page.goto(url);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Artwork for order');
    await expectAccessible(page, `the customer’s page, ${colorScheme}`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375);
    await context.close();
  }
  await admin.close();
});
