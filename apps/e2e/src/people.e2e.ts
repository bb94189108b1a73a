import { expect, test } from '@playwright/test';
import { openShop } from './open-shop.ts';
import { accountLinkIn, choosePassword, invite } from './pages/account.ts';
import { addressOf, Admin, PASSWORD } from './pages/admin.ts';
import { Mailbox } from './pages/mailbox.ts';

test('a wrong password says one sentence, keeps the address, and after five tries counts the wait down', async ({
  page,
}) => {
  await page.goto('/');
  await page.getByLabel('E-mail').fill(addressOf('nobody'));
  for (let i = 0; i < 6; i += 1) {
    await page.getByLabel('Password', { exact: true }).fill(`wrong ${i}`);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('alert')).not.toBeEmpty();
  }
  await expect(page.getByRole('alert')).toHaveText(/Too many tries. Try again in \d+ s/);
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeDisabled();
  await expect(page.getByLabel('E-mail')).toHaveValue(addressOf('nobody'));
});

test('a viewer is offered nothing they may not do', async ({ browser }) => {
  const viewer = await Admin.open(browser, 'viewer');
  const [number] = (await viewer.waitingNumbers()) as [number];
  await viewer.openOrder(number);
  await expect(viewer.timeline()).toBeVisible();
  await expect(viewer.button('Approve')).toHaveCount(0);
  await expect(viewer.page.getByRole('link', { name: 'Settings' })).toHaveCount(0);
  await viewer.close();
});

test('a change of role ends somebody’s session', async ({ browser, request }) => {
  const admin = await Admin.open(browser);
  await admin.goTo('/settings');
  await invite(admin, { name: 'Night shift', email: addressOf('night') });
  const night = new Admin(await (await browser.newContext()).newPage());
  await night.page.goto(accountLinkIn(await new Mailbox(request).mailTo(addressOf('night'))));
  await choosePassword(night.page, 'Set the password');
  await expect(night.page.getByRole('heading', { name: 'Orders' })).toBeVisible();
  await admin.page.getByRole('combobox', { name: 'Role of Night shift' }).click();
  await admin.page.getByRole('option', { name: /Viewer/ }).click();
  await expect(admin.page.getByText(/Role changed/)).toBeVisible();
  await night.page.reload();
  await expect(night.page.getByRole('heading', { name: 'Sign in to Windlass' })).toBeVisible();
  await night.close();
  await admin.close();
});

test('signing in leads to where one wanted to go, and signing out ends the session on this browser', async ({
  browser,
}) => {
  await openShop();
  const viewer = new Admin(await (await browser.newContext()).newPage());
  await viewer.page.goto('/deliveries');
  await viewer.page.getByLabel('E-mail').fill(addressOf('viewer'));
  await viewer.page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await viewer.button('Sign in').click();
  await expect(viewer.page.getByRole('heading', { name: 'Deliveries' })).toBeVisible();
  await viewer.button('Demo viewer').click();
  await viewer.page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(viewer.page.getByRole('heading', { name: 'Sign in to Windlass' })).toBeVisible();
  await viewer.page.goto('/orders');
  await expect(viewer.page.getByRole('heading', { name: 'Sign in to Windlass' })).toBeVisible();
  await viewer.close();
});
