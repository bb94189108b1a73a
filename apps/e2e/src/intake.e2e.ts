import { createHmac, randomUUID } from 'node:crypto';
import { type APIRequestContext, expect, test } from '@playwright/test';
import { expectAccessible } from './expect-accessible.ts';
import { Admin } from './pages/admin.ts';

const COLUMNS = 'reference,name,email,currency,sku,title,quantity,unit_price';
const csv = (...lines: string[]) => ({
  name: 'orders.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from([COLUMNS, ...lines, ''].join('\r\n')),
});

test('a file with faults is mended by their lines and imported, and an open list shows the orders by itself', async ({
  browser,
}) => {
  const tag = randomUUID().slice(0, 6);
  const good = [
    `E2E-${tag}-1,Riverside Press,orders@example.com,EUR,ICON-96,Icons,1,12.00`,
    `E2E-${tag}-1,,,,NOBODY-KNOWS,Wrapping,2,1.50`,
  ];
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
  const dropped = await page.evaluateHandle(
    ({ text }) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'orders.csv', { type: 'text/csv' }));
      return transfer;
    },
    { text: csv(...good, `E2E-${tag}-2,Harbour Print,"a@b.com, c@d.com",EUR,ICON-96,,1,"1,999"`).buffer.toString() },
  );
  await page.getByText('Drop a CSV file here').dispatchEvent('drop', { dataTransfer: dropped });
  await expect(page.getByText('1 new order, 2 faults in 1 order')).toBeVisible();
  const faults = page.getByRole('table', { name: 'Faults by line' });
  await expect(faults.getByRole('row').filter({ hasText: 'email' })).toContainText('4');
  await expect(faults.getByRole('row').filter({ hasText: 'unit_price' })).toContainText('4');
  await expect(operator.button('Import the 1 good one')).toBeVisible();

  await operator.button('Choose another file').click();
  await page
    .getByLabel('CSV file')
    .setInputFiles(csv(...good, `E2E-${tag}-2,Harbour Print ${tag},harbour@example.com,EUR,ICON-96,,1,"1999,00"`));
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

test('a file of columns nobody knows is read by those a person chooses, and the next one of its kind by the same', async ({
  browser,
}) => {
  const tag = randomUUID().slice(0, 6);
  const head = `Auftrag ${tag};Kunde;Anschrift;Ware;Artikelnummer;Menge;Betrag`;
  const odd = (...lines: string[]) => ({
    name: 'montag.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from([head, ...lines, ''].join('\r\n')),
  });
  const operator = await Admin.open(browser, 'operator', { viewport: { width: 375, height: 812 } });
  const { page } = operator;
  await operator.goTo('/orders/import');
  await page
    .getByLabel('CSV file')
    .setInputFiles(
      odd(
        `${tag}-1;Ada;ada-${tag}@example.com;Papier;TEX-PAPER;2;"9,50"`,
        `${tag}-2;Bo;bo-${tag}@example.com;Papier;TEX-PAPER;0;"9,50"`,
      ),
    );
  await expect(page.getByText('Which column of montag.csv is which?')).toBeVisible();

  // A guess stands there, with what the first lines say; what is not chosen is said at its field.
  await expect(page.getByLabel('E-mail address')).toHaveText('Anschrift');
  const says = `In the first lines: ada-${tag}@example.com, bo-${tag}@example.com`;
  await expect(page.getByLabel('E-mail address')).toHaveAccessibleDescription(says);
  await operator.button('Read the file').click();
  await expect(page.getByText('The file was not read.')).toBeVisible();
  await expect(page.getByLabel('Order number')).toHaveAccessibleDescription(/^Choose the column that says it\./);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375);
  await expectAccessible(page, 'the columns of a file, on a phone');

  // By the keyboard alone.
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByLabel('Order number').press('Enter');
  await page.keyboard.type('Auftrag');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Order number')).toHaveText(`Auftrag ${tag}`);
  await page.getByLabel('Price of one piece').press('Enter');
  await page.keyboard.type('Betrag');
  await page.keyboard.press('Enter');
  await page.getByLabel('Currency of the whole file').fill('eur');
  await expectAccessible(page, 'the columns of a file');
  await page.keyboard.press('Enter');
  await expect(page.getByText('1 new order, 1 fault in 1 order')).toBeVisible();
  await expect(
    page.getByRole('table', { name: 'Faults by line' }).getByRole('row').filter({ hasText: 'Menge' }),
  ).toContainText('3');
  await expect(page.getByText(/^Read with the columns you chose on /)).toBeVisible();
  await operator.button('Import the 1 good one').click();
  await expect(page.getByText('1 order imported')).toBeVisible();

  await operator.button('Choose another file').click();
  await page.getByLabel('CSV file').setInputFiles(odd(`${tag}-3;Cy;cy-${tag}@example.com;Papier;TEX-PAPER;2;"9,50"`));
  await expect(page.getByText('1 new order, no faults')).toBeVisible();
  await expect(page.getByText(/^Read with the columns you chose on /)).toBeVisible();
  await operator.button('Change columns').click();
  await expect(page.getByLabel('Price of one piece')).toHaveText('Betrag');
  await operator.button('Forget the choice').click();
  await expect(page.getByLabel('Order number')).toHaveText('Choose a column');
  await operator.close();
});

test('a file that is known by its names can be read by other columns', async ({ browser }) => {
  const tag = randomUUID().slice(0, 6);
  const operator = await Admin.open(browser, 'operator');
  const { page } = operator;
  await operator.goTo('/orders/import');
  const text = `${COLUMNS},given_${tag}\nE2E-${tag},Ada,ada@example.com,EUR,ICON-96,Icons,1,12.00,Given ${tag}\n`;
  await page
    .getByLabel('CSV file')
    .setInputFiles({ name: 'orders.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await expect(page.getByText('1 new order, no faults')).toBeVisible();
  await operator.button('Change columns').click();
  await page.getByLabel('Customer’s name').click();
  await page.getByRole('option', { name: `given_${tag}` }).click();
  await operator.button('Read the file').click();
  await expect(page.getByRole('table', { name: 'The first orders of the file' })).toContainText(`Given ${tag}`);
  await operator.close();
});

/** Connects a shop of Shopify's as an admin does, and answers how it sends its messages. */
async function connectShop(admin: Admin, { tag, request }: { tag: string; request: APIRequestContext }) {
  await admin.goTo('/settings?tab=sources');
  await admin.button('Connect a shop').first().click();
  await admin.page.getByLabel('Name').fill(`Shop ${tag}`);
  await admin.page.getByLabel('Secret', { exact: true }).fill(`shpss_${tag}`);
  await admin.page.getByRole('button', { name: 'Connect', exact: true }).click();
  const dialog = admin.page.getByRole('dialog');
  const url = (await dialog.getByText(/\/hooks\/shopify\/src_\w+$/).textContent())!.trim();
  await admin.button('Done').click();

  return (change: object, { secret = `shpss_${tag}`, topic = 'orders/create' } = {}) => {
    const data = Buffer.from(
      JSON.stringify({
        id: Math.floor(Math.random() * 1e15),
        name: `#S-${tag}`,
        email: `${tag}@example.com`,
        currency: 'EUR',
        created_at: new Date().toISOString(),
        taxes_included: true,
        customer: { first_name: 'Mara', last_name: `Lindqvist ${tag}` },
        line_items: [{ sku: 'ICON-96', name: 'Paper-cut icons', quantity: 1, price: '12.00' }],
        ...change,
      }),
    );
    const signature = createHmac('sha256', secret).update(data).digest('base64');
    return request.post(url, {
      data,
      headers: {
        'content-type': 'application/json',
        'x-shopify-topic': topic,
        'x-shopify-webhook-id': randomUUID(),
        'x-shopify-hmac-sha256': signature,
      },
    });
  };
}

test('a signed webhook of a connected shop makes an order appear; one without an address waits for a person', async ({
  browser,
  request,
}) => {
  const tag = randomUUID().slice(0, 6);
  const admin = await Admin.open(browser);
  const send = await connectShop(admin, { tag, request });
  const watcher = await Admin.open(browser, 'viewer');
  await watcher.goTo('/orders?tab=waiting');
  await expect(watcher.page.getByRole('row').nth(1)).toBeVisible();
  expect((await send({}, { secret: 'forged' })).status()).toBe(401);
  expect((await send({})).status()).toBe(200);
  await expect(watcher.page.getByRole('row').filter({ hasText: `Mara Lindqvist ${tag}` })).toBeVisible();

  expect(await (await send({ name: `#T-${tag}`, email: null })).json()).toEqual({ result: 'refused' });
  const refused = admin.page.getByRole('region', { name: 'Orders not taken' });
  await expect(refused.getByText(`#T-${tag} from Shop ${tag}`)).toBeVisible();
  await refused.getByLabel(`E-mail address for #T-${tag}`).fill('found@example.com');
  await refused.getByRole('button', { name: 'Take order' }).first().click();
  await expect(admin.page.getByText(/Taken as order #\d+/)).toBeVisible();
  await expect(refused.getByText(`#T-${tag} from Shop ${tag}`)).toBeHidden();
  await Promise.all([admin.close(), watcher.close()]);
});

test('an order that is not paid says so, is approved only by a button that says it, and is marked when its shop cancels it', async ({
  browser,
  request,
}) => {
  const tag = randomUUID().slice(0, 6);
  const admin = await Admin.open(browser);
  const send = await connectShop(admin, { tag, request });
  const order = { id: Math.floor(Math.random() * 1e15), customer: { first_name: 'Unpaid', last_name: tag } };
  expect(await (await send({ ...order, financial_status: 'pending' })).json()).toEqual({ result: 'taken' });
  expect(await (await send({ email: null })).json()).toEqual({ result: 'refused' });

  const operator = await Admin.open(browser, 'operator');
  const { page } = operator;
  await operator.goTo(`/orders?tab=all&q=${tag}`);
  const row = page.getByRole('row').filter({ hasText: `Unpaid ${tag}` });
  await expect(row.getByText(`#S-${tag} · Shop ${tag}`)).toBeVisible();
  await expect(row.getByText('Not paid')).toBeVisible();
  await row.getByRole('checkbox').check({ force: true });
  await expect(page.getByText('will be left out')).toBeVisible();
  await operator.button('Approve 1').click();
  await expect(page.getByText('0 orders approved: 1 refused')).toBeVisible();
  await expect(row.getByText('Waiting')).toBeVisible();

  await row.getByRole('link').first().click();
  await expect(page.getByText('The shop says that this order is not paid.')).toBeVisible();
  await page.keyboard.press('a');
  await expect(page.getByText('Not paid', { exact: true })).toBeVisible();
  await operator.button('Approve although it is not paid').click();
  await expect(operator.timeline().getByText('Approved although it is not paid')).toBeVisible();
  await send(
    { ...order, financial_status: 'voided', cancelled_at: new Date().toISOString() },
    { topic: 'orders/cancelled' },
  );
  await expect(page.getByText('The shop cancelled this order after it was approved.')).toBeVisible();

  await page.getByRole('link', { name: /Not taken/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Orders not taken' })).toBeVisible();
  const refused = page.getByRole('region', { name: 'Orders not taken' });
  await refused.getByLabel(`E-mail address for #S-${tag}`).fill('found@example.com');
  await refused.getByRole('button', { name: 'Take order' }).first().click();
  await expect(page.getByText(/Taken as order #\d+/)).toBeVisible();
  await send({}, { secret: 'another secret' });
  await admin.page.reload();
  await expect(admin.page.getByText(/Last refused .*: signed with another secret/).first()).toBeVisible();
  await Promise.all([admin.close(), operator.close()]);
});
