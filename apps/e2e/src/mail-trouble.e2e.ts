import { expect, test } from '@playwright/test';
import { Admin } from './pages/admin.ts';
import { linkIn, Mailbox } from './pages/mailbox.ts';

// Each fault for its own customer alone: other stories' mail passes through the same server.
test.afterEach(({ request }) => new Mailbox(request).behave());

test('a mailbox that does not exist is a failed delivery with reason and fix, the order stays approved, and a retry by hand delivers it', async ({
  browser,
  request,
}) => {
  const mailbox = new Mailbox(request);
  const operator = await Admin.open(browser, 'operator');
  const [number] = (await operator.waitingNumbers()) as [number];
  await operator.openOrder(number);
  await mailbox.misbehave({ mode: 'reject-5xx', recipients: [await operator.customerAddress()] });
  await operator.button('Approve').click();
  await expect(operator.timeline().getByText('Mail could not be sent')).toBeVisible();
  await expect(operator.timeline().getByText(/Check the address with the customer/)).toBeVisible();
  await operator.goTo('/orders?tab=problems');
  await expect(operator.row(number)).toContainText('Problem');

  await mailbox.behave();
  await operator.openOrder(number);
  await operator.button('Try again').click();
  await expect(operator.timeline().getByText(/Mail accepted by the server/)).toBeVisible();
  await mailbox.expectMails(number, 1);
  await operator.close();
});

test('an address that is refused is corrected in place, and the mail goes to the right one with it', async ({
  browser,
  request,
}) => {
  const mailbox = new Mailbox(request);
  const operator = await Admin.open(browser, 'operator');
  const [number] = (await operator.waitingNumbers()) as [number];
  await operator.openOrder(number);
  await mailbox.misbehave({ mode: 'reject-5xx', recipients: [await operator.customerAddress()] });
  await operator.button('Approve').click();
  await expect(operator.timeline().getByText('Mail could not be sent')).toBeVisible();
  await operator.timeline().getByRole('button', { name: 'Correct address and resend' }).click();
  await operator.page.getByLabel('E-mail').fill('not an address');
  await operator.button('Correct address and resend').click();
  await expect(operator.page.getByText(/One address only|one address only/)).toBeVisible();
  await operator.page.getByLabel('E-mail').fill('right@example.com');
  await operator.button('Correct address and resend').click();
  await expect(operator.timeline().getByText('E-mail address corrected')).toBeVisible();
  const [mail] = await mailbox.expectMails(number, 1);
  expect(mail!.to).toEqual(['right@example.com']);
  await operator.close();
});

test('a failure has its fix in its box wherever it is read: in lists, on the delivery, on its job; acknowledged, it has no red left', async ({
  browser,
  request,
}) => {
  const mailbox = new Mailbox(request);
  const operator = await Admin.open(browser, 'operator');
  const { page } = operator;
  const [number] = (await operator.waitingNumbers()) as [number];
  await operator.openOrder(number);
  await mailbox.misbehave({ mode: 'reject-5xx', recipients: [await operator.customerAddress()] });
  await operator.button('Approve').click();
  await expect(operator.timeline().getByText('Mail could not be sent')).toBeVisible();
  await operator.goTo('/orders?tab=problems');
  await operator.row(number).getByRole('button', { name: 'Correct address…' }).click();
  const drawer = page.getByRole('dialog');
  await expect(drawer.getByRole('button', { name: 'Correct address and resend' })).toBeVisible();

  await operator.goTo(`/deliveries?tab=problems&q=${number}`);
  await page.getByRole('row').nth(1).getByRole('button', { name: 'Correct address…' }).click();
  await expect(drawer.getByRole('button', { name: 'Correct address and resend' })).toBeVisible();

  await operator.goTo('/jobs?tab=failed');
  await page
    .getByRole('row')
    .filter({ hasText: `#${number}` })
    .getByRole('button', { name: 'Correct address…' })
    .click();
  await expect(drawer.getByRole('button', { name: 'Correct address and resend' })).toBeVisible();
  await drawer.getByRole('button', { name: 'Acknowledge' }).click();
  await expect(drawer.getByRole('button', { name: 'Acknowledge' })).toBeHidden();
  await expect(drawer.locator('[data-tone=danger]')).toHaveCount(0);

  await operator.openOrder(number);
  await expect(operator.timeline().getByText('Failure acknowledged')).toBeVisible();
  await expect(page.getByText('Acknowledged', { exact: true })).toBeVisible();
  await expect(page.locator('[data-tone=danger]')).toHaveCount(0);
  await operator.close();
});

test('the very message of a delivery can be seen, without its links', async ({ browser, request }) => {
  const operator = await Admin.open(browser, 'operator');
  const [number] = (await operator.waitingNumbers()) as [number];
  await operator.openOrder(number);
  await operator.button('Approve').click();
  await new Mailbox(request).expectMails(number, 1);
  await operator.goTo(`/deliveries?q=${number}`);
  await operator.page
    .getByRole('row')
    .nth(1)
    .click({ position: { x: 40, y: 15 } });
  await operator.button('See the message').click();
  const message = operator.page.frameLocator('iframe');
  await expect(message.getByRole('heading', { name: 'Your files are ready' })).toBeVisible();
  expect(await message.locator('body').innerHTML()).not.toMatch(/\/d\/[\w-]{43}/);
  await operator.close();
});

test('a server that is busy is tried again after two seconds, and every attempt keeps its conversation', async ({
  browser,
  request,
}) => {
  const mailbox = new Mailbox(request);
  const operator = await Admin.open(browser, 'operator');
  const [number] = (await operator.waitingNumbers()) as [number];
  await operator.openOrder(number);
  await mailbox.misbehave({ mode: 'reject-4xx', times: 1, recipients: [await operator.customerAddress()] });
  await operator.button('Approve').click();
  await expect(operator.timeline().getByText('Mail accepted by the server, at attempt 2')).toBeVisible();
  await operator.button('2 attempts').click();
  await operator.button('Conversation with the mail server').first().click();
  await expect(operator.page.getByText(/451 /)).toBeVisible();
  await mailbox.expectMails(number, 1);
  await operator.close();
});

test('a connection cut after the dot is sent again under the same Message-ID with the same link', async ({
  browser,
  request,
}) => {
  const mailbox = new Mailbox(request);
  const operator = await Admin.open(browser, 'operator');
  const [number] = (await operator.waitingNumbers()) as [number];
  await operator.openOrder(number);
  await mailbox.misbehave({ mode: 'cut-after-dot', times: 1, recipients: [await operator.customerAddress()] });
  await operator.button('Approve').click();
  const mails = await mailbox.expectMails(number, 2);
  expect(mails[0]!.messageId).toBe(mails[1]!.messageId);
  expect(linkIn(mails[0]!)).toBe(linkIn(mails[1]!));
  await operator.close();
});

test('a resend is a second delivery with fresh links, and the first link still works', async ({
  browser,
  request,
  page,
}) => {
  const mailbox = new Mailbox(request);
  const operator = await Admin.open(browser, 'operator');
  const [number] = (await operator.waitingNumbers()) as [number];
  await operator.openOrder(number);
  await operator.button('Approve').click();
  await mailbox.expectMails(number, 1);
  await operator.button('Resend').click();
  const [second, first] = (await mailbox.expectMails(number, 2)) as [never, never];
  expect(linkIn(second)).not.toBe(linkIn(first));
  for (const mail of [first, second]) {
    await page.goto(linkIn(mail));
    await expect(page.getByRole('link', { name: /Download/ })).toBeVisible();
  }
  await operator.close();
});

test('a revoked link tells the customer that it has expired, at once; undone, it opens again', async ({
  browser,
  request,
  page,
}) => {
  const mailbox = new Mailbox(request);
  const operator = await Admin.open(browser, 'operator');
  const [number] = (await operator.waitingNumbers()) as [number];
  await operator.openOrder(number);
  await operator.button('Approve').click();
  const [mail] = await mailbox.expectMails(number, 1);
  await operator.button('Revoke').first().click();
  await expect(operator.page.getByText('Revoked', { exact: true })).toBeVisible();
  const answer = await page.goto(linkIn(mail!));
  expect(answer!.status()).toBe(410);
  await expect(page.getByRole('heading', { name: 'This link has expired' })).toBeVisible();
  const next = ((await operator.waitingNumbers()) as [number])[0];
  await operator.openOrder(next);
  await operator.button('Approve').click();
  const [again] = await mailbox.expectMails(next, 1);
  await operator.button('Revoke link').first().click();
  await operator.button('Undo').first().click();
  await expect(operator.timeline().getByText('Revocation undone: the link opens again')).toBeVisible();
  expect((await page.goto(linkIn(again!)))!.status()).toBe(200);
  await operator.close();
});
