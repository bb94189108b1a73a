import { expect, test } from '@playwright/test';
import { accountLinkIn, choosePassword, invite, NEW_PASSWORD } from './pages/account.ts';
import { Admin } from './pages/admin.ts';
import { Mailbox } from './pages/mailbox.ts';

const GRACE = { name: 'Grace Hopper', email: 'grace@people.test' };

test('somebody is invited, chooses a password by the mail, works, forgets it, chooses another, is disabled and is out', async ({
  browser,
  request,
}) => {
  const mailbox = new Mailbox(request);
  const admin = await Admin.open(browser);
  await admin.goTo('/settings');
  await invite(admin, GRACE);

  const grace = new Admin(await (await browser.newContext()).newPage());
  const link = accountLinkIn(await mailbox.mailTo(GRACE.email));
  await grace.page.goto(link);
  await expect(grace.page.getByRole('heading', { level: 1 })).toHaveText(/^Welcome to /);
  await expect(grace.page.getByLabel('E-mail')).toHaveValue(GRACE.email);
  await choosePassword(grace.page, 'Set the password', 'password123456');
  await expect(grace.page.getByText(/Too easy to guess/)).toBeVisible();
  await choosePassword(grace.page, 'Set the password');
  await expect(grace.page.getByRole('heading', { name: 'Orders' })).toBeVisible();
  expect(grace.page.url()).not.toContain('#');
  await admin.page.reload();
  await expect(admin.page.getByRole('row', { name: GRACE.name })).toContainText('Active');

  const elsewhere = await (await browser.newContext()).newPage();
  await elsewhere.goto(link);
  await expect(elsewhere.getByRole('heading', { name: 'This link opens nothing' })).toBeVisible();
  await elsewhere.goto('/');
  await elsewhere.getByRole('link', { name: 'Forgot your password?' }).click();
  await elsewhere.getByLabel('E-mail').fill(GRACE.email);
  await elsewhere.getByRole('button', { name: 'Mail me a link' }).click();
  await expect(elsewhere.getByRole('heading', { name: 'Look into your mailbox' })).toBeVisible();
  await elsewhere.goto(accountLinkIn(await mailbox.mailTo(GRACE.email, 2)));
  await choosePassword(elsewhere, 'Change the password', NEW_PASSWORD);
  await expect(elsewhere.getByText(/You have had this password before/)).toBeVisible();
  await choosePassword(elsewhere, 'Change the password', 'another four quiet engines');
  await expect(elsewhere.getByRole('heading', { name: 'Orders' })).toBeVisible();
  // Wherever the old password had let somebody in, they are out without a click.
  await expect(grace.page.getByRole('heading', { name: 'Sign in to Windlass' })).toBeVisible();

  await admin.button(`Actions for ${GRACE.name}`).click();
  await admin.page.getByRole('menuitem', { name: 'Disable…' }).click();
  await admin.page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
  await expect(admin.page.getByRole('row', { name: GRACE.name })).toContainText('Disabled');
  await expect(elsewhere.getByRole('heading', { name: 'Sign in to Windlass' })).toBeVisible();

  await admin.button(`Actions for ${GRACE.name}`).click();
  await admin.page.getByRole('menuitem', { name: 'Remove…' }).click();
  await admin.page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(admin.page.getByRole('row', { name: GRACE.name })).toHaveCount(0);
  await elsewhere.context().close();
  await grace.close();
  await admin.close();
});

test('a mail about an account stands among the deliveries, and nobody reads its link there', async ({
  browser,
  request,
}) => {
  const admin = await Admin.open(browser);
  await admin.goTo('/settings');
  await invite(admin, { name: 'Ada Byron', email: 'ada.byron@people.test' });
  const token = accountLinkIn(await new Mailbox(request).mailTo('ada.byron@people.test')).split('#')[1]!;
  await admin.goTo('/deliveries');
  await admin.page.getByRole('row', { name: 'Ada Byron' }).click();
  const drawer = admin.page.getByRole('dialog');
  await expect(drawer.getByText(/opens somebody’s account/)).toBeVisible();
  await expect(drawer.getByRole('button', { name: 'See the message' })).toHaveCount(0);
  await expect(drawer.getByRole('button', { name: 'Resend' })).toHaveCount(0);
  expect(await admin.page.content()).not.toContain(token);
  await admin.close();
});

test('the last admin is told that they stay', async ({ browser }) => {
  const admin = await Admin.open(browser);
  await admin.goTo('/settings');
  await admin.button('Actions for Demo admin').click();
  await admin.page.getByRole('menuitem', { name: 'Disable…' }).click();
  await admin.page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
  await expect(admin.page.getByText(/A shop needs one admin/)).toBeVisible();
  await admin.close();
});
