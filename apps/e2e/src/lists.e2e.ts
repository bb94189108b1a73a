import { expect, test } from '@playwright/test';
import { Admin } from './pages/admin.ts';
import { Mailbox } from './pages/mailbox.ts';

test('the keyboard goes through the list, opens, approves and closes, and focus stays where it was', async ({
  browser,
}) => {
  const operator = await Admin.open(browser, 'operator');
  const { page } = operator;
  const [first, second] = (await operator.waitingNumbers()) as [number, number];
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(operator.row(second)).toBeFocused();
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('dialog');
  await expect(drawer).toContainText(`Order #${first}`);
  await page.keyboard.press('j');
  await expect(drawer).toContainText(`Order #${second}`);
  await page.keyboard.press('a');
  await expect(page.getByText(`Approved #${second}`)).toBeVisible();
  await page.keyboard.press('z');
  await expect(page.getByText(/waits again/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: /shortcuts/i })).toContainText('Approve the order');
  await operator.close();
});

test('filters, tab and open order are in the URL: reload and Back work', async ({ browser }) => {
  const viewer = await Admin.open(browser, 'viewer');
  const { page } = viewer;
  const [number] = (await viewer.waitingNumbers()) as [number];
  await page.getByRole('link', { name: /^All/ }).click();
  await page.getByLabel('Find orders').fill(String(number));
  await expect(page.getByRole('row')).toHaveCount(2);
  await viewer.row(number).click();
  await expect(page.getByRole('dialog')).toContainText(`Order #${number}`);
  await page.reload();
  await expect(page.getByRole('dialog')).toContainText(`Order #${number}`);
  await expect(page.getByLabel('Find orders')).toHaveValue(String(number));
  await page.goBack();
  await expect(page.getByRole('dialog')).toBeHidden();
  await viewer.close();
});

test('on an order’s page j and k go along the list it was opened from, Escape and the way back lead to its tab and search', async ({
  browser,
}) => {
  const operator = await Admin.open(browser, 'operator');
  const { page } = operator;
  const [first, second, third] = (await operator.waitingNumbers()) as [number, number, number];
  const heading = page.getByRole('heading', { level: 1 });
  await operator.row(first).getByRole('link').click();
  await expect(heading).toContainText(`#${first}`);
  await page.keyboard.press('j');
  await expect(heading).toContainText(`#${second}`);
  // What leaves the tab by what is done to it keeps its place.
  await page.keyboard.press('a');
  await expect(page.getByText(`Approved #${second}`)).toBeVisible();
  await page.keyboard.press('j');
  await expect(heading).toContainText(`#${third}`);
  await page.keyboard.press('k');
  await page.keyboard.press('z');
  await expect(operator.timeline().getByText('Decision undone')).toBeVisible();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: /shortcuts/i });
  for (const words of ['Next order of the list', 'Previous order of the list', 'Back to the list'])
    await expect(help).toContainText(words);
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/\/orders\?tab=waiting$/);
  await expect(operator.row(second)).toHaveAttribute('data-focused', 'true');

  await operator.goTo('/orders?tab=all&q=1012');
  await operator.row(1012).getByRole('link').click();
  await page.getByRole('link', { name: 'Orders · All · “1012”' }).click();
  await expect(page.getByLabel('Find orders')).toHaveValue('1012');
  await operator.close();
});

test('an order approved on its own page has left the list that one comes back to', async ({ browser }) => {
  const operator = await Admin.open(browser, 'operator');
  const [number, next] = (await operator.waitingNumbers()) as [number, number];
  await operator.row(number).getByRole('link').click();
  await operator.button('Approve').click();
  await expect(operator.page.getByText(`Approved #${number}`)).toBeVisible();
  await expect(operator.timeline().getByText('Approved')).toBeVisible();
  await operator.page.keyboard.press('Escape');
  await expect(operator.row(next)).toBeVisible();
  await expect(operator.row(number)).toBeHidden();
  await operator.page.keyboard.press('z');
  await expect(operator.page.getByText(/waits again/)).toBeVisible();
  await operator.close();
});

test('a list is narrowed to days, says so in a chip and in its address, and the chip takes it off', async ({
  browser,
}) => {
  const viewer = await Admin.open(browser, 'viewer');
  const { page } = viewer;
  await viewer.goTo('/orders?tab=all');
  const rows = page.getByRole('row');
  await expect(rows.nth(40)).toBeVisible();
  await viewer.button('Dates').click();
  const panel = page.getByRole('dialog', { name: 'Placed' });
  await expect(panel).toContainText('where you are');
  await panel.getByRole('button', { name: 'Last 7 days' }).click();
  const filters = page.getByRole('list', { name: 'Filters' });
  await expect(filters).toContainText('Last 7 days');
  await expect(page).toHaveURL(/days=7/);

  // By the keyboard, to days on which nothing was placed.
  await viewer.button('Dates').press('Enter');
  await panel.getByLabel('From').fill('2020-01-01');
  await panel.getByLabel('To').fill('2020-01-31');
  await panel.getByLabel('To').press('Enter');
  await expect(page.getByRole('heading', { name: 'No order on these days' })).toBeVisible();
  await expect(page).toHaveURL(/tab=all&from=2020-01-01&to=2020-01-31$/);
  await page.reload();
  await expect(filters).toContainText('1 Jan 2020 to 31 Jan 2020');
  await page.getByRole('link', { name: /^Problems/ }).click();
  await expect(filters).toBeVisible();
  await page.getByRole('link', { name: /^All/ }).click();
  await page.getByRole('button', { name: /^Remove the filter/ }).click();
  await expect(rows.nth(40)).toBeVisible();
  await expect(filters).toBeHidden();

  await viewer.goTo('/deliveries?from=2020-01-01&to=2020-01-31');
  await expect(page.getByRole('heading', { name: 'No delivery on these days' })).toBeVisible();
  await viewer.close();
});

test('budgets are told in words, and no row of them wraps', async ({ browser, request }) => {
  const operator = await Admin.open(browser, 'operator', { viewport: { width: 1280, height: 800 } });
  const { page } = operator;
  const [number] = (await operator.waitingNumbers()) as [number];
  await operator.openOrder(number);
  await operator.button('Approve').click();
  await new Mailbox(request).expectMails(number, 1);
  await operator.goTo('/budgets');
  const steps = page.getByRole('table', { name: 'Steps and their budgets' });
  await expect(steps.getByText(/^(Within|Over)$/).first()).toBeVisible();
  await expect(page.getByText(/\bS0\.\d/)).toHaveCount(0);
  const heights = await page
    .locator('tbody tr')
    .evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().height));
  expect(Math.max(...heights)).toBeLessThanOrEqual(38);
  await steps.getByRole('button', { name: /^p95/ }).hover();
  await expect(page.getByText('95 of 100 took at most this long', { exact: true })).toBeVisible();
  await page.setViewportSize({ width: 375, height: 812 });
  await expect(steps.getByText(/^Half of them took under .* \(p50\)/).first()).toBeVisible();
  await operator.close();
});

test('the folded rail says where its pictures lead', async ({ browser }) => {
  const viewer = await Admin.open(browser, 'viewer');
  const { page } = viewer;
  await viewer.goTo('/orders');
  await viewer.button('Fold the rail').click();
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: /^Budgets/ })
    .hover();
  await expect(page.getByText('Budgets', { exact: true })).toHaveCount(2);
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: /^Deliveries/ })
    .focus();
  await expect(page.getByText('Deliveries', { exact: true })).toHaveCount(2);
  await viewer.close();
});

test('search takes its text literally and finds names, addresses, references and numbers', async ({ browser }) => {
  const viewer = await Admin.open(browser, 'viewer');
  const rows = viewer.page.getByRole('row');
  for (const [text, found] of [
    ['Café', /Café Möwe/],
    ['kestrel-pictures@', /Kestrel Pictures/],
    ['WEB-7310', /#1011/],
    ['#1012', /#1012/],
  ] as const) {
    await viewer.goTo(`/orders?tab=all&q=${encodeURIComponent(text)}`);
    await expect(rows.nth(1)).toContainText(found);
  }
  await viewer.goTo('/orders?tab=all&q=%25');
  await expect(viewer.page.getByRole('heading', { name: /No order matches/ })).toBeVisible();
  await viewer.close();
});

test('⌘K finds an order by its customer and goes there', async ({ browser }) => {
  const viewer = await Admin.open(browser, 'viewer');
  const { page } = viewer;
  await viewer.goTo('/orders');
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder(/find an order/).fill('tin roof');
  await page
    .getByRole('option', { name: /Tin Roof Records/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Order #');
  await viewer.close();
});

test('an address that is nobody’s says so and leads back', async ({ browser }) => {
  const viewer = await Admin.open(browser, 'viewer');
  await viewer.page.goto('/nowhere');
  await viewer.page.getByRole('link', { name: 'Go to Orders' }).click();
  await expect(viewer.page.getByRole('heading', { name: 'Orders' })).toBeVisible();
  await viewer.page.goto('/orders/ord_00000000000000000000000000');
  await expect(viewer.page.getByText('There is no such order.')).toBeVisible();
  await viewer.close();
});
