import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { UNDO_SECONDS } from './env.ts';
import { Admin } from './pages/admin.ts';
import { linkIn, Mailbox } from './pages/mailbox.ts';
import { storedBundle } from './stored-bundle.ts';

test('an approved order becomes an accepted mail whose link gives the customer the very bytes, all of it seen live in a second browser', async ({
  browser,
  request,
}) => {
  const mailbox = new Mailbox(request);
  const operator = await Admin.open(browser, 'operator');
  const watcher = await Admin.open(browser, 'viewer');
  const [number] = (await operator.waitingNumbers()) as [number];
  await watcher.goTo('/orders?tab=waiting');
  await watcher.row(number).getByRole('link').click();
  await expect(watcher.timeline().getByText('Placed')).toBeVisible();

  await operator.row(number).click();
  await operator.button('Approve').click();
  await expect(operator.page.getByText(`Approved #${number}`)).toBeVisible();
  await expect(operator.row(number)).toContainText(/Sends in \d s/);

  await expect(watcher.timeline().getByText('Approved')).toBeVisible();
  await expect(watcher.timeline().getByText('Mail accepted by the server')).toBeVisible();
  await expect(operator.row(number)).toContainText('Sent');

  const [mail] = await mailbox.expectMails(number, 1);
  expect(mail!.attachments).toBe(0);
  expect(mail!.size).toBeLessThan(100_000);

  const customer = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await customer.goto(linkIn(mail!));
  const [download] = await Promise.all([
    customer.waitForEvent('download'),
    customer.getByRole('link', { name: /Download/ }).click(),
  ]);
  const received = createHash('sha256')
    .update(await readFile(await download.path()))
    .digest('hex');
  expect(received).toBe(await storedBundle(download.suggestedFilename()));

  await expect(watcher.timeline().getByText(/^Downloaded:/)).toBeVisible();
  await expect(operator.row(number)).toContainText('Downloaded');
  await customer.context().close();
  await operator.close();
  await watcher.close();
});

test('undo within the window sends nothing, and the order can be approved again and is mailed once', async ({
  browser,
  request,
}) => {
  const mailbox = new Mailbox(request);
  const operator = await Admin.open(browser, 'operator');
  const [number] = (await operator.waitingNumbers()) as [number];
  await operator.openOrder(number);
  await operator.button('Approve').click();
  await operator.button('Undo').first().click();
  await expect(operator.timeline().getByText('Mail cancelled before it left')).toBeVisible();
  await expect(operator.button('Approve')).toBeVisible();
  await operator.page.waitForTimeout((UNDO_SECONDS + 1) * 1000); // longer than the window: a mail that still left would be here now
  expect(await mailbox.linksOf(number)).toHaveLength(0);

  await operator.button('Approve').click();
  await mailbox.expectMails(number, 1);
  await operator.close();
});

test('a rejected order sends nothing, has its tab, says by whom and why, and can be reopened when its undo is over', async ({
  browser,
  request,
}) => {
  const mailbox = new Mailbox(request);
  const operator = await Admin.open(browser, 'operator');
  const [number] = (await operator.waitingNumbers()) as [number];
  await operator.openOrder(number);
  await operator.button('Reject').click();
  await operator.page.getByLabel('Reason').fill('Paid twice.');
  await operator.page.keyboard.press('Enter');
  await expect(operator.timeline().getByText('Rejected')).toBeVisible();
  await expect(operator.timeline().getByText('Demo operator')).toBeVisible();
  await expect(operator.timeline().getByText('Paid twice.')).toBeVisible();
  expect(await mailbox.linksOf(number)).toHaveLength(0);
  await operator.goTo('/orders?tab=rejected');
  await expect(operator.row(number)).toContainText('Paid twice.');
  await operator.row(number).click();
  await operator.page.getByRole('dialog').getByRole('button', { name: 'Reopen order' }).click();
  await expect(operator.page.getByText(`Order #${number} waits for you again.`)).toBeVisible();
  await expect(operator.timeline().getByText('Reopened: waits for you again')).toBeVisible();
  await expect(operator.row(number)).toContainText('Waiting for you');
  await operator.close();
});
