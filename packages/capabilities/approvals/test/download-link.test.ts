import { until } from '@windlass/testkit/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { openCustomer } from '@windlass/testkit/house/open-customer';
import { type SentBundle, sendBundle } from '@windlass/testkit/house/send-bundle';
import { runSql } from '@windlass/testkit/house/run-sql';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { statementsOf } from '@windlass/testkit/house/statements-of';
import { dataOf } from '@windlass/testkit/house/visitor';

let house: House;
let shop: Shop;

beforeAll(async () => {
  house = await startHouse({ trustProxy: true });
  shop = await makeShop(house, 'Paper & Signal');
});
afterAll(() => house.close());

const downloadsOf = async ({ linkId }: SentBundle) =>
  (await runSql<{ downloads: number }>(house, 'select downloads from download_link where id = $1', [linkId]))[0]!
    .downloads;
const expire = (sent: SentBundle) =>
  runSql(house, `update download_link set expires_at = now() - interval '1 second' where id = $1`, [sent.linkId]);
const useUp = (sent: SentBundle) =>
  runSql(house, 'update download_link set downloads = max_downloads where id = $1', [sent.linkId]);
const revoke = async (sent: SentBundle) =>
  dataOf(await shop.operator.visitor.mutate('approvals.revokeLink', { linkId: sent.linkId }));

const UNKNOWN_TOKEN = 'A'.repeat(43);

test('the page shows what the link holds, and its button downloads exactly the stored bytes', async () => {
  const sent = await sendBundle(house, shop, { name: 'Icons <1> & "2"' });
  const customer = openCustomer(house);
  const page = await customer.open(sent.page);
  expect(page.status).toBe(200);
  expect(page.text).toContain('Icons &lt;1&gt; &amp; &quot;2&quot;');
  expect(page.text).toContain('read me.txt');
  expect(page.text).toContain('in 23 h · 10 downloads left');
  expect(page.text).not.toContain('<script');
  const button = /href="([^"]+)"/.exec(page.text)![1]!.replaceAll('&amp;', '&');
  expect(button).toBe(sent.file);

  const file = await customer.open(button);
  expect(file.status).toBe(200);
  expect(file.sha256).toBe(sent.bundle.sha256);
  expect(file.headers.get('content-type')).toBe('application/zip');
  expect(file.headers.get('content-disposition')).toBe('attachment; filename="paper.zip"');
  expect(file.headers.get('content-length')).toBe(String(sent.bundle.bytes.length));
});

// S0.25
test('each download is counted, kept with its bytes, and told on the order’s timeline', async () => {
  const sent = await sendBundle(house, shop);
  expect(dataOf(await shop.viewer.visitor.query('orders.rows', { ids: [sent.id] })).rows).toMatchObject([
    { downloaded: false },
  ]);
  for (const customer of [openCustomer(house), openCustomer(house)])
    expect((await customer.open(sent.file)).status).toBe(200);
  const told = await until('both downloads to be told', async () => {
    const order = dataOf(await shop.viewer.visitor.query('orders.get', { id: sent.id }));
    expect(order.downloaded).toBe(true);
    expect(order.links).toMatchObject([{ downloads: 2, maxDownloads: 10, state: 'active' }]);
    const events = order.timeline.filter((event) => event.type === 'link.downloaded').map((event) => event.data);
    return events.length === 2 && events;
  });
  expect(told).toMatchObject([
    { count: 1, of: 10, bundle: sent.bundle.name },
    { count: 2, of: 10 },
  ]);
  const kept = await until('both downloads to end', async () => {
    const found = await runSql<{ bytes: string; client: string }>(
      house,
      'select bytes, client from download where link_id = $1 and ended_at is not null',
      [sent.linkId],
    );
    return found.length === 2 && found;
  });
  expect(kept.map((download) => Number(download.bytes))).toEqual([sent.bundle.bytes.length, sent.bundle.bytes.length]);
  expect(new Set(kept.map((download) => download.client)).size).toBe(2);
  expect(JSON.stringify([kept, told])).not.toContain('203.0.113'); // no customer's address is kept
});

test('every answer about a link forbids storing it, sending its address on, and indexing it', async () => {
  const sent = await sendBundle(house, shop);
  const customer = openCustomer(house);
  const answers = [
    await customer.open(sent.page),
    await customer.open(sent.file),
    await customer.open(sent.file, { headers: { range: 'bytes=9999999-' } }),
    await customer.open(`/d/${UNKNOWN_TOKEN}`),
    await customer.open('/d/nonsense'),
    await expire(sent).then(() => customer.open(sent.page)),
    await customer.open(`${sent.page}/renew`, { method: 'POST' }),
  ];
  expect(answers.map((answer) => answer.status)).toEqual([200, 200, 416, 404, 404, 410, 200]);
  for (const { headers } of answers) {
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-robots-tag')).toBe('noindex');
  }
});

// 12, 18
test.each([
  'short',
  'A'.repeat(42),
  'A'.repeat(44),
  `${'A'.repeat(42)}!`,
  `${'A'.repeat(42)}%00`,
  '..%2f..%2fetc%2fpasswd',
  '%252e%252e%252f',
  '%E0%A4%A',
  'x'.repeat(5_000),
])('a token of another form (%s) is answered 404 and costs the database nothing', async (token) => {
  const customer = openCustomer(house);
  for (const path of [`/d/${token}`, `/api/download/secure/bnd_1?token=${token}`]) {
    const answer = await customer.open(path);
    expect([path, answer.status]).toEqual([path, 404]);
    expect(statementsOf(house, answer)).toBe(0);
  }
});

// 13
test('a token that nobody was given is answered 404', async () => {
  const customer = openCustomer(house);
  expect((await customer.open(`/d/${UNKNOWN_TOKEN}`)).status).toBe(404);
  expect((await customer.open(`/api/download/secure/bnd_1?token=${UNKNOWN_TOKEN}`)).status).toBe(404);
  expect((await customer.open('/api/download/secure/bnd_1')).status).toBe(404);
  expect((await customer.open(`/d/${UNKNOWN_TOKEN}/renew`, { method: 'POST' })).status).toBe(404);
});

// 14, 15, 16
test('expired, revoked and used up are answered 410 with the very same page, which offers a new link', async () => {
  const [expired, revoked, usedUp] = await Promise.all([
    sendBundle(house, shop),
    sendBundle(house, shop),
    sendBundle(house, shop),
  ]);
  await Promise.all([expire(expired), revoke(revoked), useUp(usedUp)]);
  const customer = openCustomer(house);
  const texts = new Set<string>();
  for (const sent of [expired, revoked, usedUp]) {
    for (const path of [sent.page, sent.file]) {
      const answer = await customer.open(path);
      expect(answer.status).toBe(410);
      expect(answer.text).toContain(`<form method="post" action="/d/${sent.token}/renew">`);
      texts.add(answer.text.replaceAll(sent.token, 'TOKEN'));
    }
    expect((await customer.open(sent.file, { method: 'HEAD' })).status).toBe(410);
  }
  expect(texts.size).toBe(1);
  expect(await Promise.all([expired, revoked].map(downloadsOf))).toEqual([0, 0]);
});

// 16
test('of twenty who download a link at once that allows ten, ten get it', async () => {
  const sent = await sendBundle(house, shop);
  const answers = await Promise.all(Array.from({ length: 20 }, () => openCustomer(house).open(sent.file)));
  expect(answers.filter((answer) => answer.status === 200)).toHaveLength(10);
  expect(answers.filter((answer) => answer.status === 410)).toHaveLength(10);
  expect(await downloadsOf(sent)).toBe(10);
});

// 17
test('the token of one bundle does not open another, though both are good', async () => {
  const [mine, yours] = await Promise.all([sendBundle(house, shop), sendBundle(house, shop)]);
  const customer = openCustomer(house);
  expect((await customer.open(`/api/download/secure/${yours.bundle.id}?token=${mine.token}`)).status).toBe(404);
  expect(await Promise.all([mine, yours].map(downloadsOf))).toEqual([0, 0]);
});

// 19
test('looking is not downloading: HEAD and a hundred views of the page leave the count as it was', async () => {
  const sent = await sendBundle(house, shop);
  const scanner = openCustomer(house);
  const views = await Promise.all(Array.from({ length: 100 }, () => scanner.open(sent.page)));
  expect(new Set(views.map((view) => view.status))).toEqual(new Set([200]));
  expect((await scanner.open(sent.page, { method: 'HEAD' })).status).toBe(200);
  const head = await scanner.open(sent.file, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length'), head.bytes.length]).toEqual([
    200,
    String(sent.bundle.bytes.length),
    0,
  ]);
  expect(await downloadsOf(sent)).toBe(0);
});

// 21
test('a bundle whose object is gone is answered 503, counts nothing, and is reported', async () => {
  const sent = await sendBundle(house, shop);
  await house.storage.remove(sent.bundle.objectKey!);
  const answer = await openCustomer(house).open(sent.file);
  expect(answer.status).toBe(503);
  expect(answer.text).toContain('not available just now');
  expect(await downloadsOf(sent)).toBe(0);
  const requestId = answer.headers.get('x-request-id');
  expect(house.server.log.lines().filter((line) => line.reqId === requestId && line.level === 'error')).toMatchObject([
    { key: sent.bundle.objectKey },
  ]);
});

// 22
test('after fifty wrong tokens an address is answered 429 with the seconds to wait, while its good link still opens', async () => {
  const sent = await sendBundle(house, shop);
  const guesser = openCustomer(house);
  const guess = (i: number) => guesser.open(`/d/${String(i).padStart(43, 'G')}`);
  const guesses = await Promise.all(Array.from({ length: 50 }, (_, i) => guess(i)));
  expect(new Set(guesses.map((answer) => answer.status))).toEqual(new Set([404]));

  const refused = await guess(51);
  const seconds = Number(refused.headers.get('retry-after'));
  expect(refused.status).toBe(429);
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(60);
  expect(refused.text).toContain(`in ${seconds} seconds`);
  expect((await guesser.open(sent.page)).status).toBe(200);
  expect((await guesser.open(sent.file)).status).toBe(200);
  expect((await openCustomer(house).open(`/d/${UNKNOWN_TOKEN}`)).status).toBe(404); // others are not held up
});

// 46
test.each([
  ['../../x.zip', '.._.._x.zip'],
  ['a"b\r\nSet-Cookie: x=1.zip', 'a"b__Set-Cookie: x=1.zip'],
  ['rev\u202egpj.zip', 'rev_gpj.zip'],
  ['emoji \u{1f3a8}.zip', 'emoji \u{1f3a8}.zip'],
])('the file name %j is offered cleaned, and never as a path or a header', async (fileName, offered) => {
  const sent = await sendBundle(house, shop, { fileName });
  const answer = await openCustomer(house).open(sent.file);
  expect(answer.status).toBe(200);
  const disposition = answer.headers.get('content-disposition')!;
  const [, plain, encoded] = /^attachment; filename="([\x20-\x7e]+)"(?:; filename\*=UTF-8''(.+))?$/.exec(disposition)!;
  expect(encoded ? decodeURIComponent(encoded) : plain).toBe(offered);
  expect(answer.headers.get('set-cookie')).toBeNull();
});

test('an operator can copy the customer’s own link, and that is written down', async () => {
  const sent = await sendBundle(house, shop);
  const { url } = dataOf(await shop.operator.visitor.mutate('approvals.copyLink', { linkId: sent.linkId }));
  expect(url).toBe(house.server.url + sent.page);
  const audits = await runSql(
    house,
    `select actor_id from audit_entry where action = 'approvals.copy-link' and subject = $1`,
    [sent.linkId],
  );
  expect(audits).toEqual([{ actor_id: shop.operator.id }]);
});

test('a link revoked twice is revoked once, and its page says no more than that it has expired', async () => {
  const sent = await sendBundle(house, shop);
  const revoked = { state: 'revoked', undoUntil: null }; // no undo in this house
  expect([await revoke(sent), await revoke(sent)]).toEqual([revoked, revoked]);
  const page = await openCustomer(house).open(sent.page);
  expect(page.text).toContain('This link has expired');
  expect(page.text).not.toMatch(/revoked/i);
  expect(dataOf(await shop.viewer.visitor.query('orders.get', { id: sent.id })).links).toMatchObject([
    { state: 'revoked' },
  ]);
});
