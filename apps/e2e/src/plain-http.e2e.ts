import { expect, test } from '@playwright/test';
import { PLAIN_HTTP } from './env.ts';
import { openShop } from './open-shop.ts';
import { addressOf, Admin, PASSWORD } from './pages/admin.ts';
import { makeApiKey, sendOrder } from './send-order.ts';

// A browser takes this machine's own addresses for secure. By another name the house is in the office's network, over
// plain http.
test('over plain http the admin works: the list shows and is live, many are approved at once, a link is copied', async ({
  browser,
  request,
}) => {
  await openShop();
  const admin = new Admin(await (await browser.newContext({ baseURL: PLAIN_HTTP })).newPage());
  const faults: string[] = [];
  admin.page.on('pageerror', (error) => faults.push(error.message));
  await admin.page.goto('/orders?tab=waiting');
  expect(await admin.page.evaluate(() => isSecureContext)).toBe(false);
  await admin.page.getByLabel('E-mail').fill(addressOf('demo'));
  await admin.page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await admin.button('Sign in').click();
  await expect(admin.page.getByRole('row').nth(1)).toBeVisible();

  const key = await makeApiKey(admin);
  await admin.goTo('/orders?tab=waiting');
  await expect(admin.page.getByRole('row').nth(1)).toBeVisible();
  const { number } = await sendOrder(request, key);
  await expect(admin.row(number).or(admin.button('1 new'))).toBeVisible();

  await admin.goTo(`/orders?tab=waiting&q=${number}`);
  await admin.row(number).getByRole('checkbox').click();
  await admin.button('Approve 1').click();
  await admin.openOrder(number);
  await admin.page.getByRole('button', { name: 'Copy link', exact: true }).click();
  await expect(admin.page.getByText(/Link copied/)).toBeVisible();
  expect(faults).toEqual([]);
  await admin.close();
});
