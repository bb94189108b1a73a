import { expect, test } from '@playwright/test';
import { ALONE, killProgram } from './kill-program.ts';
import { Admin } from './pages/admin.ts';
import { Mailbox } from './pages/mailbox.ts';
import { makeApiKey, sendOrder } from './send-order.ts';

const COUNT = 1000;
/** Mails the worker may have in flight when it is killed: the mail queue's concurrency. */
const IN_FLIGHT = 10;

test(
  'a thousand orders are approved with one click while the worker is killed twice: every customer has the mail, and the ledger knows each copy',
  ALONE,
  async ({ browser, request }) => {
    test.setTimeout(300_000);
    const admin = await Admin.open(browser);
    const { page } = admin;
    const key = await makeApiKey(admin);
    const addresses = Array.from({ length: COUNT }, (_, i) => `reader-${i}@thousand.example.com`);
    for (let at = 0; at < COUNT; at += 10) {
      await Promise.all(
        addresses
          .slice(at, at + 10)
          .map((email) => sendOrder(request, key, { customer: { name: 'Thousand Readers', email } })),
      );
    }

    await admin.goTo('/orders?tab=waiting&q=thousand');
    await page.getByRole('checkbox', { name: 'Select all on this page' }).click();
    await admin.button('Select all 1,000 waiting').click();
    await admin.button('Approve 1,000').click();
    const line = page.getByRole('list', { name: 'Batches' }).getByRole('listitem').first();
    await expect(line).toContainText('1,000 orders', { timeout: 60_000 });

    const delivered = async () => Number(/([\d,]+) sent/.exec(await line.innerText())?.[1]?.replace(',', '') ?? 0);
    for (const enough of [100, 500]) {
      await expect.poll(delivered, { timeout: 120_000 }).toBeGreaterThan(enough);
      killProgram('worker');
    }
    await expect(line).toContainText('1,000 orders approved: 1,000 sent', { timeout: 150_000 });

    const copies = await new Mailbox(request).copiesByAddress('@thousand.example.com');
    expect(Object.keys(copies).sort()).toEqual([...addresses].sort());
    const doubled = Object.entries(copies).filter(([, count]) => count > 1);
    expect(doubled.every(([, count]) => count === 2)).toBe(true);
    expect(doubled.length).toBeLessThanOrEqual(2 * IN_FLIGHT);
    // Whoever got a second copy is known: the ledger shows more than one attempt.
    for (const [address] of doubled) {
      await admin.goTo(`/deliveries?q=${encodeURIComponent(address)}`);
      await expect(page.getByRole('row').nth(1)).toContainText(/[2-9]/);
    }
    await admin.close();
  },
);

test('a batch is undone as one: nothing is sent, and its orders wait again', async ({ browser, request }) => {
  const admin = await Admin.open(browser);
  const { page } = admin;
  const key = await makeApiKey(admin);
  for (let i = 0; i < 5; i += 1)
    await sendOrder(request, key, { customer: { name: 'Second Thoughts', email: `second-${i}@thoughts.example.com` } });
  await admin.goTo('/orders?tab=waiting&q=second%20thoughts');
  const rows = page.getByRole('row').filter({ hasText: 'Second Thoughts' });
  await expect(rows).toHaveCount(5);
  for (const at of [0, 1]) {
    await page.keyboard.press('j');
    await expect(rows.nth(at)).toBeFocused();
    await page.keyboard.press('x');
    await expect(rows.nth(at).getByRole('checkbox')).toBeChecked();
  }
  await admin.button('Approve 2').click();
  await expect(page.getByText('Approving 2 orders')).toBeVisible();
  await page.keyboard.press('z');
  // The line that stays; the toast beside it may be gone before anybody looks.
  await expect(page.getByText('Undone: 2 orders wait again, nothing was sent')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('row').filter({ hasText: 'Waiting' })).toHaveCount(5);

  // Rejected as one, with a reason for each of them.
  await page.getByRole('checkbox', { name: 'Select all on this page' }).click();
  await admin.button('Reject 5').click();
  await page.getByLabel('Reason').fill('A test of ours.');
  await admin.button('Reject 5 orders').click();
  await admin.goTo('/orders?tab=rejected&q=second%20thoughts');
  await expect(page.getByRole('row').filter({ hasText: 'A test of ours.' })).toHaveCount(5);
  await admin.close();
});
