import { expect, test } from '@playwright/test';
import { ALONE, killProgram } from './kill-program.ts';
import { Admin } from './pages/admin.ts';
import { Mailbox } from './pages/mailbox.ts';
import { makeApiKey, sendOrder } from './send-order.ts';

test('a killed server costs a moment of "Reconnecting" and no event', ALONE, async ({ browser, request }) => {
  const mailbox = new Mailbox(request);
  const operator = await Admin.open(browser, 'operator');
  const watcher = await Admin.open(browser, 'viewer');
  const [number] = (await operator.waitingNumbers()) as [number];
  await watcher.openOrder(number);
  await operator.openOrder(number);
  await operator.button('Approve').click();
  await expect(watcher.timeline().getByText('Approved')).toBeVisible();
  killProgram('server');
  // The mail goes out while no server is there to tell anybody.
  await mailbox.expectMails(number, 1);
  await expect(watcher.timeline().getByText('Mail accepted by the server')).toBeVisible();
  await expect(watcher.page.getByText('Reconnecting')).toBeHidden();
  await operator.close();
  await watcher.close();
});

test(
  'a worker killed while it talks to the mail server costs seconds and no mail',
  ALONE,
  async ({ browser, request }) => {
    const mailbox = new Mailbox(request);
    const operator = await Admin.open(browser, 'operator');
    const [number] = (await operator.waitingNumbers()) as [number];
    await mailbox.misbehave({ delayMs: 4000 });
    await operator.openOrder(number);
    await operator.button('Approve').click();
    await expect(operator.page.getByText('Sending the message').first()).toBeVisible();
    killProgram('worker');
    await mailbox.behave();
    await expect(operator.timeline().getByText(/Mail accepted by the server, at attempt 2/)).toBeVisible();
    const mails = await mailbox.linksOf(number);
    expect(new Set(mails.map((mail) => mail.messageId)).size).toBe(1);
    expect(mails.length).toBeLessThanOrEqual(2); // the first may have been taken before its worker died: the one case SMTP cannot rule out
    await operator.close();
  },
);

test('an order sent through the API appears in an open list by itself, without a jump', async ({
  browser,
  request,
}) => {
  const watcher = await Admin.open(browser);
  const key = await makeApiKey(watcher);
  await watcher.goTo('/orders?tab=waiting');
  await expect(watcher.page.getByRole('row').nth(1)).toBeVisible();
  await watcher.page.evaluate(() => window.scrollTo({ top: 400 }));
  const before = await watcher.page.getByRole('row').nth(8).innerText();
  const { number } = await sendOrder(request, key);
  await watcher.page.getByRole('button', { name: '1 new' }).click();
  await expect(watcher.row(number)).toBeVisible();
  expect(before).not.toContain(`#${number}`);
  await watcher.close();
});

test('nothing moves on a page while another person’s work arrives on it', async ({ browser, request }) => {
  const mailbox = new Mailbox(request);
  const operator = await Admin.open(browser, 'operator');
  const [number] = (await operator.waitingNumbers()) as [number];
  const watchers = await Promise.all([Admin.open(browser, 'viewer'), Admin.open(browser, 'viewer')]);
  await watchers[0].goTo('/orders?tab=waiting');
  await watchers[1].openOrder(number);
  for (const { page } of watchers) {
    await page.waitForTimeout(800);
    await page.evaluate(() => {
      const shifts: { value: number; what: string }[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & {
          value: number;
          sources?: { node?: Node }[];
        })[]) {
          shifts.push({
            value: entry.value,
            what:
              entry.sources?.map((s) => (s.node as Element | undefined)?.textContent?.slice(0, 60)).join(' | ') ?? '',
          });
        }
      }).observe({ type: 'layout-shift', buffered: false });
    });
  }
  await operator.openOrder(number);
  await operator.button('Approve').click();
  await mailbox.expectMails(number, 1);
  await expect(watchers[1].timeline().getByText('Mail accepted by the server')).toBeVisible();
  await expect(watchers[0].row(number)).toContainText('Sent');
  for (const { page } of watchers) {
    const shifts = await page.evaluate(
      () => (window as unknown as { shifts: { value: number; what: string }[] }).shifts,
    );
    expect(shifts.filter((shift) => shift.value > 0.001)).toEqual([]);
  }
  await Promise.all([operator, ...watchers].map((admin) => admin.close()));
});
