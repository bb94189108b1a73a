import { createHmac, randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { Admin } from './pages/admin.ts';

const COLUMNS = 'reference,name,email,currency,sku,title,quantity,unit_price';
const csv = (...lines: string[]) => ({ name: 'orders.csv', mimeType: 'text/csv', buffer: Buffer.from([COLUMNS, ...lines, ''].join('\r\n')) });

test('a file with faults is mended by their lines and imported, and an open list shows the orders by itself', async ({ browser }) => {
  const tag = randomUUID().slice(0, 6);
  const good = [`E2E-${tag}-1,Riverside Press,orders@example.com,EUR,ICON-96,Icons,1,12.00`, `E2E-${tag}-1,,,,NOBODY-KNOWS,Wrapping,2,1.50`];
  const watcher = await Admin.open(browser, 'viewer');
  await watcher.goTo('/orders?tab=waiting');
  await expect(watcher.page.getByRole('row').nth(1)).toBeVisible();
  await expect(watcher.page.getByRole('link', { name: 'Import' })).toBeHidden();

  const operator = await Admin.open(browser, 'operator');
  await operator.goTo('/orders');
  await operator.page.getByRole('link', { name: 'Import' }).click();
  const { page } = operator;
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download the template' }).click();
  expect((await download).suggestedFilename()).toBe('orders-template.csv');

  // Dropped, as from a folder.
  const dropped = await page.evaluateHandle(({ text }) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], 'orders.csv', { type: 'text/csv' }));
    return transfer;
  }, { text: csv(...good, `E2E-${tag}-2,Harbour Print,"a@b.com, c@d.com",EUR,ICON-96,,1,"1.999,00"`).buffer.toString() });
  await page.getByText('Drop a CSV file here').dispatchEvent('drop', { dataTransfer: dropped });
  await expect(page.getByText('1 new order, 2 faults in 1 order')).toBeVisible();
  const faults = page.getByRole('table', { name: 'Faults by line' });
  await expect(faults.getByRole('row').filter({ hasText: 'email' })).toContainText('4');
  await expect(faults.getByRole('row').filter({ hasText: 'unit_price' })).toContainText('4');
  await expect(operator.button('Import the 1 good one')).toBeVisible();

  await operator.button('Choose another file').click();
  await page.getByLabel('CSV file').setInputFiles(csv(...good, `E2E-${tag}-2,Harbour Print ${tag},harbour@example.com,EUR,ICON-96,,1,"1999,00"`));
  await expect(page.getByText('2 new orders, no faults')).toBeVisible();
  await page.reload(); // the check has its own address
  await operator.button('Import 2 orders').click();
  await expect(page.getByText('2 orders imported')).toBeVisible();
  await expect(watcher.page.getByRole('row').filter({ hasText: `Harbour Print ${tag}` })).toBeVisible();
  await page.getByRole('link', { name: 'See the 2 orders' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'Waiting' })).toHaveCount(2);
  await expect(page.getByRole('row').filter({ hasText: `Harbour Print ${tag}` })).toContainText('€1,999.00');

  // What is there already is said, and not doubled.
  await operator.goTo('/orders/import');
  await page.getByLabel('CSV file').setInputFiles(csv(...good));
  await expect(page.getByText('Every order of this file is there already')).toBeVisible();
  await expect(operator.button('Import 1')).toHaveCount(0);
  await Promise.all([operator.close(), watcher.close()]);
});

test('a signed webhook of a connected shop makes an order appear; one without an address waits for a person', async ({ browser, request }) => {
  const tag = randomUUID().slice(0, 6);
  const admin = await Admin.open(browser);
  await admin.goTo('/settings?tab=sources');
  await admin.button('Connect a shop').first().click();
  await admin.page.getByLabel('Name').fill(`Shop ${tag}`);
  await admin.page.getByLabel('Secret', { exact: true }).fill(`shpss_${tag}`);
  await admin.page.getByRole('button', { name: 'Connect', exact: true }).click();
  const dialog = admin.page.getByRole('dialog');
  const url = (await dialog.getByText(/\/hooks\/shopify\/src_\w+$/).textContent())!.trim();
  await admin.button('Done').click();

  const send = (change: object, secret = `shpss_${tag}`) => {
    const data = Buffer.from(JSON.stringify({
      id: Math.floor(Math.random() * 1e15), name: `#S-${tag}`, email: `${tag}@example.com`, currency: 'EUR', created_at: new Date().toISOString(), taxes_included: true,
      customer: { first_name: 'Mara', last_name: `Lindqvist ${tag}` }, line_items: [{ sku: 'ICON-96', name: 'Paper-cut icons', quantity: 1, price: '12.00' }], ...change,
    }));
    const signature = createHmac('sha256', secret).update(data).digest('base64');
    return request.post(url, { data, headers: { 'content-type': 'application/json', 'x-shopify-topic': 'orders/create', 'x-shopify-webhook-id': randomUUID(), 'x-shopify-hmac-sha256': signature } });
  };
  const watcher = await Admin.open(browser, 'viewer');
  await watcher.goTo('/orders?tab=waiting');
  await expect(watcher.page.getByRole('row').nth(1)).toBeVisible();
  expect((await send({}, 'forged')).status()).toBe(401);
  expect((await send({})).status()).toBe(200);
  await expect(watcher.page.getByRole('row').filter({ hasText: `Mara Lindqvist ${tag}` })).toBeVisible();

  expect(await (await send({ name: `#T-${tag}`, email: null })).json()).toEqual({ result: 'refused' });
  const refused = admin.page.getByRole('region', { name: 'Orders that could not be taken' });
  await expect(refused.getByText(`#T-${tag} from Shop ${tag}`)).toBeVisible();
  await refused.getByLabel(`E-mail address for #T-${tag}`).fill('found@example.com');
  await refused.getByRole('button', { name: 'Take again' }).first().click();
  await expect(admin.page.getByText(/Taken as order #\d+/)).toBeVisible();
  await expect(refused.getByText(`#T-${tag} from Shop ${tag}`)).toBeHidden();
  await Promise.all([admin.close(), watcher.close()]);
});
