import { randomUUID } from 'node:crypto';
import type { ExportedCustomer } from '@windlass/capabilities/customers/contract';
import { until } from '@windlass/testkit/until';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dumpHouse, findIn, type Place } from '@windlass/testkit/house/dump-house';
import { linksIn } from '@windlass/testkit/house/links-in';
import { makeBundle } from '@windlass/testkit/house/make-bundle';
import { makePicture } from '@windlass/testkit/house/make-picture';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { openPortal } from '@windlass/testkit/house/open-portal';
import { orderBody, postOrder } from '@windlass/testkit/house/place-order';
import { addSource, postHook, shopifyOrder, type TestSource } from '@windlass/testkit/house/post-hook';
import { runSql } from '@windlass/testkit/house/run-sql';
import { patchBytes, sendArtwork } from '@windlass/testkit/house/send-artwork';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { csvFile, csvLine, importFile, uploadFile } from '@windlass/testkit/house/upload-file';
import { dataOf } from '@windlass/testkit/house/visitor';

const EMAIL = 'zuleika.dobson@oxford-post.example';
const NAME = 'Zuleika Dobson';
const NOTE = 'Please leave it with the porter of Judas College';
const WISH = 'Make the owl on the crest larger';
const FILE = 'zuleika-crest.png';
/** Every text that must be found nowhere when it is done. */
const TEXTS = [EMAIL, 'Zuleika', 'Dobson', 'porter of Judas', 'owl on the crest', FILE, 'Known to be impatient'];

let house: House;
let shop: Shop;
let source: TestSource;

beforeAll(async () => {
  house = await startHouse();
  shop = await makeShop(house, 'Paper & Signal');
  source = await addSource(shop, 'shopify');
});
afterAll(async () => {
  house.mail.fail({});
  await house.close();
});

const operator = () => shop.operator.visitor;
const admin = () => shop.admin.visitor;
const place = async (email: string, more: object = {}, key: string = randomUUID()) => {
  const bundle = await makeBundle(house, shop);
  const answer = await postOrder(house, shop.apiKey, {
    body: { ...orderBody({ bundles: [bundle], name: NAME, email }), note: NOTE, ...more },
    headers: { 'idempotency-key': key },
  });
  return JSON.parse(answer.text) as { id: string; number: number };
};
const approve = (orderId: string, notes?: string) =>
  operator().mutate('approvals.approve', { orderId, ...(notes && { notes }) });
const erase = async (email = EMAIL) => {
  const { erasureId } = dataOf(await admin().mutate('customers.erase', { email, confirm: email }));
  await until(
    'the erasure',
    async () => {
      const row = dataOf(await admin().query('customers.erasures')).rows.find(({ id }) => id === erasureId)!;
      if (row.job?.state === 'failed')
        throw new Error(
          `it failed: ${row.job.errorSentence} ${JSON.stringify(await runSql(house, 'select error_message from job where id = $1', [row.job.id]))}`,
        );
      return row.state === 'done';
    },
    30_000,
  ).catch(async (error: Error) => {
    const attempts = await runSql(
      house,
      'select a.attempt, a.error_message as message from job_attempt a join job j on j.id = a.job_id where j.subject = $1 order by 1 desc limit 3',
      [erasureId],
    );
    throw new Error(`${error.message}: ${JSON.stringify(attempts)}`);
  });
  return erasureId;
};
const settle = (orderId: string) =>
  until(
    `the mails of ${orderId}`,
    async () =>
      (
        await runSql(
          house,
          `select 1 from delivery where order_id = $1 and state not in ('accepted', 'failed', 'aborted')`,
          [orderId],
        )
      ).length === 0,
    40_000,
  );

/** A person who has been everywhere in the house. */
async function fillHouse() {
  const sent = await place(EMAIL);
  dataOf(await approve(sent.id, 'Known to be impatient'));
  await settle(sent.id);
  // In another case, and refused by a server that quotes the address.
  const shouted = await place(EMAIL.toUpperCase().replace('OXFORD-POST.EXAMPLE', 'oxford-post.example'));
  house.mail.fail({ mode: 'reject-5xx' });
  dataOf(await approve(shouted.id));
  await settle(shouted.id);
  house.mail.fail({});
  // An address that was mistyped first: what went there is theirs too.
  const corrected = await place('zuleika.dobson@oxford-past.example');
  dataOf(await approve(corrected.id));
  await settle(corrected.id);
  dataOf(await operator().mutate('orders.correctEmail', { id: corrected.id, email: EMAIL }));
  const waiting = await place(EMAIL, {
    lines: [{ sku: 'X', title: `A mug for ${NAME}`, quantity: 3, unitMinor: 1250 }],
  });

  const { url } = dataOf(await operator().mutate('artwork.makeLink', { orderId: sent.id }));
  const portal = openPortal(house, new URL(url).pathname.slice(3));
  const bytes = await makePicture({ width: 800, height: 600, seed: 901 });
  const plan = await portal.call('start', { name: FILE, sizeBytes: bytes.length });
  await patchBytes(house, plan, bytes);
  const { artworkId } = await portal.call('finish', { uploadId: plan.uploadId });
  dataOf(await operator().mutate('artwork.sendProof', { id: artworkId }));
  await settle(sent.id);
  await portal.call('decide', { id: artworkId, decision: 'request-changes', note: WISH });
  const open = await portal.call('start', { name: `second ${FILE}`, sizeBytes: 9_000 });
  await patchBytes(house, open, Buffer.alloc(100, NAME));
  const artwork = await until(
    'pictures and proof',
    async () => {
      const row = dataOf(await operator().query('artwork.get', { id: artworkId }));
      return (row.proof && row.thumb && row) ?? undefined;
    },
    20_000,
  );
  const removed = await sendArtwork(house, operator(), {
    orderId: sent.id,
    name: `old ${FILE}`,
    bytes: await makePicture({ seed: 902 }),
  });
  dataOf(await operator().mutate('artwork.remove', { id: removed.artworkId }));

  await uploadFile(
    house,
    operator(),
    csvFile(
      csvLine('Z-1', `${NAME},${EMAIL},EUR,MUG,A mug,1,9.00`),
      csvLine('Z-2', `${NAME},${EMAIL} ${EMAIL},EUR,MUG,A mug,1,9.00`),
    ),
    { name: `orders of ${NAME}.csv` },
  );
  const written = await uploadFile(house, operator(), csvFile(csvLine('Z-3', `${NAME},${EMAIL},EUR,MUG,A mug,1,9.00`)));
  await importFile(operator(), written.id);
  await postHook(house, source, {
    body: shopifyOrder({
      id: 4711,
      name: '#Z-4',
      email: EMAIL,
      note: NOTE,
      customer: { first_name: 'Zuleika', last_name: 'Dobson' },
    }),
  });
  await postHook(house, source, {
    body: shopifyOrder({
      id: 4712,
      name: '#Z-5',
      email: EMAIL,
      note: NOTE,
      currency: 'EUT',
      customer: { first_name: 'Zuleika', last_name: 'Dobson' },
    }),
  });
  await postHook(house, source, {
    body: shopifyOrder({ id: 4713, email: EMAIL, note: NOTE, currency: 'EUT' }).replaceAll('@', '\\u0040'),
  });
  return { sent, shouted, corrected, waiting, artwork, portal, open };
}

/**
 * Somebody else of the same shop, with the very same picture, an address that contains the other's, and a name that
 * begins like it.
 */
async function fillWithOther() {
  const email = `not.${EMAIL}`;
  const order = await place(email, { customer: { name: 'Zuleikha Doyle', email }, note: 'Ring twice' });
  dataOf(await approve(order.id));
  await settle(order.id);
  const { artworkId } = await sendArtwork(house, operator(), {
    orderId: order.id,
    name: 'theirs.png',
    bytes: await makePicture({ width: 800, height: 600, seed: 901 }),
  });
  const { preview } = await until(
    'their pictures',
    async () => {
      const row = dataOf(await operator().query('artwork.get', { id: artworkId }));
      return row.thumb ? row : undefined;
    },
    20_000,
  );
  await postHook(house, source, { body: shopifyOrder({ email, currency: 'EUT', note: 'Ring twice' }) });
  return { email, order, artworkId, preview: preview!.url };
}

describe('a customer who was everywhere in the house', () => {
  let filled: Awaited<ReturnType<typeof fillHouse>>;
  let other: Awaited<ReturnType<typeof fillWithOther>>;
  let before: Place[];
  let after: Place[];
  let exported: ExportedCustomer;
  let numbers: unknown[];
  const numbersOf = () =>
    runSql(
      house,
      `select number, total_minor, line_count, placed_at, approved_at, currency
        from customer_order where shop_id = $1 order by number`,
      [shop.id],
    );

  beforeAll(async () => {
    filled = await fillHouse();
    other = await fillWithOther();
    before = await dumpHouse(house);
    numbers = await numbersOf();
    exported = dataOf(await admin().mutate('customers.export', { email: EMAIL.toUpperCase() })) as ExportedCustomer;
    await erase();
    after = await dumpHouse(house);
  }, 120_000);

  test('each of their texts was somewhere before, in many places', () => {
    for (const text of TEXTS) expect(findIn(before, [text]), text).not.toEqual([]);
    const tables = new Set(findIn(before, TEXTS).map((place) => place.split(' in ').at(-1)));
    for (const table of [
      'customer_order',
      'delivery',
      'delivery_attempt',
      'event',
      'artwork',
      'artwork_upload',
      'order_import',
      'order_import_row',
      'source_order',
      'order_line',
    ]) {
      expect([...tables], table).toContain(`public.${table}`);
    }
  });

  test('the export holds their orders, messages, links and artwork, and opens nothing', () => {
    const text = JSON.stringify(exported);
    for (const one of [EMAIL, NAME, NOTE, WISH, FILE]) expect(text).toContain(one);
    expect(exported.orders.map((order) => order.number)).toEqual(
      expect.arrayContaining([
        filled.sent.number,
        filled.shouted.number,
        filled.corrected.number,
        filled.waiting.number,
      ]),
    );
    expect([
      exported.orders.length,
      exported.messages.length > 3,
      exported.downloadLinks.length > 1,
      exported.artwork.files.length,
    ]).toEqual([6, true, true, 2]);
    expect(exported.received).toHaveLength(3); // two refused messages, one staged order
    expect(text).not.toContain('Doyle');
    expect(text).not.toMatch(/\/[ad]\/[\w-]{43}/);
  });

  test('afterwards no name, address, e-mail or note of theirs stands in any row of any table, or in storage', () => {
    // The other's address contains theirs.
    const left = findIn(
      after.map(({ where, text }) => ({ where, text: text.replaceAll(other.email, '') })),
      [...TEXTS, 'oxford-past'],
    );
    expect(left).toEqual([]);
  });

  test('numbers, amounts and dates stay, also in the history', async () => {
    expect(await numbersOf()).toEqual(numbers);
    const order = dataOf(await operator().query('orders.get', { id: filled.sent.id }));
    expect([order.customerName, order.customerEmail, order.customerNote, order.status]).toEqual([
      'Erased customer',
      'erased@erased.invalid',
      null,
      'approved',
    ]);
    expect(order.timeline.map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        'order.placed',
        'approval.approved',
        'delivery.accepted',
        'artwork.uploaded',
        'order.customer-erased',
      ]),
    );
    expect(dataOf(await operator().query('orders.list', { search: 'zuleika' })).rows.map(({ id }) => id)).toEqual([
      other.order.id,
    ]);
  });

  test('what waits for a decision gets none, and nothing more is sent: not by approving, resending, retrying or renewing', async () => {
    const mails = () => house.mail.mailsTo(EMAIL).length + house.mail.mailsTo('erased@erased.invalid').length;
    const sent = mails();
    expect((await approve(filled.waiting.id)).error?.code).toBe('INVALID_STATE');
    for (const { id } of await runSql<{ id: string }>(
      house,
      `select id from delivery where shop_id = $1 and erased_at is not null`,
      [shop.id],
    )) {
      expect([409, 422]).toContain((await operator().mutate('deliveries.resend', { id })).status);
      expect([409, 422]).toContain((await operator().mutate('deliveries.retry', { id })).status);
    }
    expect(
      (await operator().mutate('orders.correctEmail', { id: filled.sent.id, email: 'new@example.com' })).error?.code,
    ).toBe('ERASED');
    expect((await operator().mutate('artwork.makeLink', { orderId: filled.sent.id })).status).toBe(404);
    expect(
      (await operator().mutate('artwork.startUpload', { orderId: filled.sent.id, name: 'x.png', sizeBytes: 10 }))
        .status,
    ).toBe(404);
    expect(mails()).toBe(sent);
  });

  test('their links, uploads and pictures are gone', async () => {
    expect((await filled.portal.ask('read', {})).status).toBe(410);
    for (const mail of house.mail.mailsTo(EMAIL).slice(0, 1))
      expect((await fetch(linksIn(mail.text)[0]!)).status).toBe(410);
    expect((await patchBytes(house, filled.open, Buffer.alloc(9_000), 100)).status).toBe(404);
    expect((await operator().get(filled.artwork.originalUrl)).status).toBe(404);
    expect((await operator().get(filled.artwork.proof!.url)).status).toBe(404);
  });

  test('other people of the shop lose nothing, not even the same picture', async () => {
    const order = dataOf(await operator().query('orders.get', { id: other.order.id }));
    expect([order.customerName, order.customerEmail, order.customerNote]).toEqual([
      'Zuleikha Doyle',
      other.email,
      'Ring twice',
    ]);
    expect(order.deliveries[0]!.recipient).toBe(other.email);
    expect((await operator().get(other.preview)).status).toBe(200);
    expect((await operator().get(`/artwork/originals/${other.artworkId}`)).status).toBe(200);
    const kept = await runSql<{ body: Buffer }>(
      house,
      `select body from source_order where shop_id = $1 and state = 'refused'`,
      [shop.id],
    );
    expect(kept.map(({ body }) => body.toString().includes(other.email))).toEqual([true]);
    const about = (places: Place[]) => findIn(places, ['Zuleikha Doyle', 'Ring twice']).length;
    expect(about(after)).toBe(about(before));
  });

  test('who asked is written down, whom it was about is not; asked again it is done at once', async () => {
    const audits = await runSql<{ action: string; data: { customer?: string } }>(
      house,
      `select action, data from audit_entry where action like 'customers.%' order by at`,
    );
    expect(audits.map(({ action }) => action)).toEqual(['customers.export', 'customers.erase']);
    expect(audits[1]!.data.customer).toMatch(/^[0-9a-f]{32}$/);
    expect(dataOf(await admin().mutate('customers.find', { email: EMAIL }))).toEqual({
      email: EMAIL,
      orders: 0,
      messages: 0,
      artworks: 0,
    });
    await erase();
    expect(
      findIn(
        (await dumpHouse(house)).map(({ where, text }) => ({ where, text: text.replaceAll(other.email, '') })),
        TEXTS,
      ),
    ).toEqual([]);
  });

  test('the same order sent again by the shop system changes nothing; a new one is theirs anew', async () => {
    const again = await postHook(house, source, {
      body: shopifyOrder({
        id: 4711,
        name: '#Z-4',
        email: EMAIL,
        customer: { first_name: 'Zuleika', last_name: 'Dobson' },
      }),
    });
    expect(JSON.parse(again.text)).toMatchObject({ result: 'repeated' });
    const refused = await postHook(house, source, { body: shopifyOrder({ id: 4712, email: EMAIL, currency: 'EUT' }) });
    expect(JSON.parse(refused.text)).toMatchObject({ result: 'repeated' });
    const file = await uploadFile(
      house,
      operator(),
      csvFile(csvLine('Z-3', 'Somebody,some@example.com,EUR,MUG,A mug,1,9.00')),
    );
    expect(file.newCount).toBe(0);
    const fresh = await place(EMAIL);
    expect(dataOf(await admin().mutate('customers.find', { email: EMAIL })).orders).toBe(1);
    expect(dataOf(await operator().query('orders.get', { id: fresh.id })).customerName).toBe(NAME);
    await erase();
  });
});

describe('mails in flight', () => {
  test('what waits is cancelled, and a job about to run sends nothing', async () => {
    const email = 'about.to.run@waiting.example';
    await house.stopWorker();
    const order = await place(email);
    dataOf(await approve(order.id));
    await house.startWorker();
    // Of the two jobs either may be first.
    await erase(email);
    await settle(order.id);
    const [{ state }] = (await runSql<{ state: string }>(house, `select state from delivery where order_id = $1`, [
      order.id,
    ])) as [{ state: string }];
    expect(house.mail.mailsTo(email)).toHaveLength(state === 'accepted' ? 1 : 0);
    expect(findIn(await dumpHouse(house), [email])).toEqual([]);
  });

  test('one that is just being sent is waited for, and what it writes in the end is erased as well', async () => {
    const email = 'just.being.sent@slow.example';
    house.mail.fail({ delayMs: 1_500, recipients: [email] });
    const order = await place(email);
    dataOf(await approve(order.id));
    await until(
      'the mail to be on its way',
      async () =>
        (
          await runSql(house, `select 1 from delivery where order_id = $1 and state in ('sending', 'committing')`, [
            order.id,
          ])
        ).length > 0,
    );
    await erase(email);
    house.mail.fail({});
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(findIn(await dumpHouse(house), [email])).toEqual([]);
  });
});

test('an erasure that was cut off goes on where it stood', async () => {
  const email = 'cut.off@halfway.example';
  const order = await place(email);
  dataOf(await approve(order.id));
  await settle(order.id);
  await sendArtwork(house, operator(), {
    orderId: order.id,
    name: 'cut-off.png',
    bytes: await makePicture({ seed: 950 }),
  });
  await runSql(
    house,
    `create function refuse() returns trigger language plpgsql as $$ begin raise exception 'not now'; end $$`,
  );
  await runSql(
    house,
    `create trigger refuse before update of erased_at on customer_order for each row execute function refuse()`,
  );
  const { erasureId } = dataOf(await admin().mutate('customers.erase', { email, confirm: email }));
  await until(
    'the first try to fail',
    async () =>
      (
        await runSql(house, `select 1 from job where subject = $1 and name = 'customers.erase' and failures > 0`, [
          erasureId,
        ])
      ).length > 0,
    20_000,
  );
  await runSql(house, `drop function refuse cascade`);
  expect(await erase(email)).toBe(erasureId); // asked again: the same one
  expect(findIn(await dumpHouse(house), [email, 'cut-off.png'])).toEqual([]);
});

test('a slip of the hand erases nobody, and nobody but an admin may', async () => {
  const slip = await admin().mutate('customers.erase', { email: EMAIL, confirm: 'zuleika@oxford-post.example' });
  expect([slip.status, slip.error?.code]).toEqual([422, 'NOT_CONFIRMED']);
  expect((await operator().mutate('customers.export', { email: EMAIL })).status).toBe(403);
});
