import { expect, test } from '@playwright/test';
import { Admin } from './pages/admin.ts';

test('the keyboard goes through the list, opens, approves and closes, and focus stays where it was', async ({ browser }) => {
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

test('search takes its text literally and finds names, addresses, references and numbers', async ({ browser }) => {
  const viewer = await Admin.open(browser, 'viewer');
  const rows = viewer.page.getByRole('row');
  for (const [text, found] of [['Café', /Café Möwe/], ['kestrel-pictures@', /Kestrel Pictures/], ['WEB-7310', /#1011/], ['#1012', /#1012/]] as const) {
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
  await page.getByRole('option', { name: /Tin Roof Records/ }).first().click();
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
