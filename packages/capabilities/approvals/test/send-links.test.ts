import { createHash } from 'node:crypto';
import { until } from '@windlass/testkit/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sumOf } from '@windlass/testkit/house/count-storage';
import { linksIn } from '@windlass/testkit/house/links-in';
import { makeBundle } from '@windlass/testkit/house/make-bundle';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { type OrderWish, placeOrder } from '@windlass/testkit/house/place-order';
import { runSql } from '@windlass/testkit/house/run-sql';
import { sendBundle } from '@windlass/testkit/house/send-bundle';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { dataOf, openVisitor } from '@windlass/testkit/house/visitor';

let house: House;
let shop: Shop;

beforeAll(async () => {
  house = await startHouse();
  shop = await makeShop(house, 'Paper & Signal');
});
afterAll(() => house.close());

/** An approved order and its first delivery. */
async function approved(wish: OrderWish = {}) {
  const bundles = wish.bundles ?? [await makeBundle(house, shop)];
  const order = await placeOrder(house, shop, { ...wish, bundles });
  dataOf(await shop.operator.visitor.mutate('approvals.approve', { orderId: order.id }));
  const { deliveries } = await readOrder(order.id);
  return { ...order, bundles, deliveryId: deliveries[0]!.id };
}

const readOrder = async (id: string) => dataOf(await shop.viewer.visitor.query('orders.get', { id }));
const readDelivery = async (id: string) => dataOf(await shop.viewer.visitor.query('deliveries.get', { id }));
const untilState = (id: string, state: string) =>
  until(`delivery ${state}`, async () => {
    const delivery = await readDelivery(id);
    return delivery.state === state && delivery;
  });

// S0.9, S0.13, S0.15
test('the mail names customer, order, bundle and size, holds the link twice (text and HTML), no attachment, and is light', async () => {
  const order = await approved({ name: 'Ada Lovelace' });
  const mail = await house.mail.mailTo(order.email);
  expect(mail.envelope).toEqual({ from: 'orders@shop.test', to: [order.email] });
  expect(mail.subject).toBe(`Your files for order #${order.number}`);
  expect(mail.attachments).toBe(0);
  expect(mail.size).toBeLessThan(100_000);
  const [link] = linksIn(mail.text);
  expect(linksIn(mail.text)).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/d\/[\w-]{43}$/)]);
  expect(linksIn(mail.html)).toEqual([link]);
  for (const part of [mail.text, mail.html.replaceAll('&amp;', '&').replaceAll('&quot;', '"')]) {
    expect(part).toContain('Ada Lovelace');
    expect(part).toContain(`#${order.number}`);
    expect(part).toContain('Paper & "Signal"');
    expect(part).toContain('5 kB');
    expect(part).toContain('24 hours');
  }
  const delivery = await untilState(order.deliveryId, 'accepted');
  expect(mail.messageId).toBe(delivery.messageId);
  expect((await readOrder(order.id)).stage).toBe('delivered');
});

test('the mail says that a machine sent it, so that no machine answers, and where people answer to', async () => {
  const mail = await house.mail.mailTo((await approved()).email);
  const header = (name: string) =>
    mail.headers.filter((one) => one.name.toLowerCase() === name).map(({ value }) => value);
  expect(header('auto-submitted')).toEqual(['auto-generated']);
  expect(header('x-auto-response-suppress')).toEqual(['All']);
  expect(header('reply-to')).toEqual([expect.stringContaining('<orders@shop.test>')]);
  expect(mail.html).toContain('prefers-color-scheme:dark');
});

// S0.15
test.each([
  ['of sixty letters', 'Sixty letters of a bundle name, as shops like to write them 1'],
  ['of two hundred signs that HTML writes out', '"&"'.repeat(66)],
])(
  'two hundred bundles with names %s make one mail below 100,000 bytes, with every link in text and HTML',
  async (_, name) => {
    const bundles = await Promise.all(Array.from({ length: 200 }, () => makeBundle(house, shop, { name })));
    const { email } = await approved({ bundles });
    const mail = await house.mail.mailTo(email);
    expect(Buffer.byteLength(mail.html)).toBeLessThan(100_000);
    expect(new Set(linksIn(mail.html)).size).toBe(200);
    expect(new Set(linksIn(mail.text))).toEqual(new Set(linksIn(mail.html)));
    const visit = openVisitor(() => '');
    expect(await Promise.all([0, 99, 199].map(async (i) => (await visit.get(linksIn(mail.html)[i]!)).status))).toEqual([
      200, 200, 200,
    ]);
  },
);

// S0.9, S0.14
test('a bundle of five gigabytes makes the same light mail, and sending it touches no storage', async () => {
  const bundle = await makeBundle(house, shop);
  await runSql(house, 'update bundle set size_bytes = 5000000000 where id = $1', [bundle.id]);
  const before = sumOf(house.worker!.storageCalls);
  const order = await approved({ bundles: [bundle] });
  const mail = await house.mail.mailTo(order.email);
  expect(mail.text).toContain('5 GB');
  expect([mail.attachments, mail.size < 100_000]).toEqual([0, true]);
  expect(sumOf(house.worker!.storageCalls)).toBe(before);
});

// S0.10
test('a bundle whose file is still to come is listed without a link, beside one that has its own', async () => {
  const [ready, coming] = await Promise.all([
    makeBundle(house, shop),
    makeBundle(house, shop, { name: 'Winter (pre-order)', ready: false }),
  ]);
  const order = await approved({ bundles: [ready, coming] });
  const mail = await house.mail.mailTo(order.email);
  expect(linksIn(mail.text)).toHaveLength(1);
  expect(linksIn(mail.html)).toHaveLength(1);
  for (const part of [mail.text, mail.html]) {
    expect(part).toContain('Winter (pre-order)');
    expect(part).toMatch(/not ready yet/i);
    expect(part).not.toMatch(/we will/i); // nothing sends it when its file comes
    expect(part).not.toContain('0 B');
  }
});

test('a bundle in two lines of an order is linked once', async () => {
  const bundle = await makeBundle(house, shop);
  const order = await approved({ bundles: [bundle, bundle] });
  expect(linksIn((await house.mail.mailTo(order.email)).text)).toHaveLength(1);
});

test('a customer’s name is shown as it was typed and is never markup or a header', async () => {
  const name = `<b onclick=x>"Ada"</b> & 'Co' {{constructor}}`;
  const bundle = await makeBundle(house, shop, { name: '<script>alert(1)</script>' });
  const order = await approved({ name, bundles: [bundle] });
  const mail = await house.mail.mailTo(order.email);
  expect(mail.text).toContain(name);
  expect(mail.html).not.toMatch(/<b onclick|<script>/);
  expect(mail.html).toContain('&lt;b onclick=x&gt;&quot;Ada&quot;&lt;/b&gt; &amp; &#39;Co&#39; {{constructor}}');
  expect(mail.envelope.to).toEqual([order.email]);
});

type StoredLink = { id: string; hash: string; expiresAt: Date; downloads: number };
const LINKS = `select id, encode(token_hash, 'hex') as hash, expires_at as "expiresAt", downloads
  from download_link where delivery_id = $1 order by id`;
const storedLinks = (deliveryId: string) => runSql<StoredLink>(house, LINKS, [deliveryId]);
const hashOfLink = (url: string) => createHash('sha256').update(url.split('/').at(-1)!).digest('hex');

// S0.18
test('a message refused for now is sent again by itself after two seconds, with the same Message-ID and the same link', async () => {
  const email = 'later@customers.test';
  house.mail.fail({ mode: 'reject-4xx', times: 1, recipients: [email] });
  const order = await approved({ email });
  const waiting = await untilState(order.deliveryId, 'awaiting_retry');
  expect(waiting).toMatchObject({
    attempts: 1,
    givesUpAt: null,
    errorSentence: expect.any(String),
    errorHint: expect.any(String),
  });
  const delayMs = Date.parse(waiting.nextAttemptAt!) - Date.parse(waiting.attemptRows[0]!.endedAt!);
  expect(delayMs).toBeGreaterThan(0); // of two seconds, counted from before it was written down
  expect(delayMs).toBeLessThan(4_000); // the next wait is of five
  const [offered] = await storedLinks(order.deliveryId);

  const mail = await house.mail.mailTo(email);
  const sent = await untilState(order.deliveryId, 'accepted');
  expect(mail.messageId).toBe(waiting.messageId);
  expect(linksIn(mail.text).map(hashOfLink)).toEqual([offered!.hash]);
  expect(sent.attemptRows.map(({ outcome, smtpCode }) => [outcome, smtpCode])).toEqual([
    ['awaiting_retry', 451],
    ['accepted', 250],
  ]);
  expect(sent).toMatchObject({ errorCode: null, errorSentence: null });
  expect(house.mail.mailsTo(email)).toHaveLength(1);
});

// RFC 1047: the server took it and its answer was lost. A second copy is unavoidable; that it can be told as one is
// not.
test('a message whose answer was lost is sent again as the very same message', async () => {
  const email = 'cut@customers.test';
  house.mail.fail({ mode: 'cut-after-dot', times: 1, recipients: [email] });
  const order = await approved({ email });
  await house.mail.mailTo(email, 2);
  await untilState(order.deliveryId, 'accepted');
  const [first, second, ...more] = house.mail.mailsTo(email);
  expect(more).toEqual([]);
  expect(second!.messageId).toBe(first!.messageId);
  expect(linksIn(second!.text)).toEqual(linksIn(first!.text));
  expect((await readDelivery(order.deliveryId)).attempts).toBe(2);
});

test('a message whose answer was lost twice goes out no third time: a person decides', async () => {
  const email = 'cut-again@customers.test';
  house.mail.fail({ mode: 'cut-after-dot', times: 9, recipients: [email] });
  const order = await approved({ email });
  const asked = await untilState(order.deliveryId, 'uncertain');
  expect(house.mail.mailsTo(email)).toHaveLength(2);
  expect(asked).toMatchObject({ attempts: 2, errorCode: 'ANSWER_LOST' });
  house.mail.fail({ mode: 'ok' });
  dataOf(
    await shop.operator.visitor.mutate('deliveries.resolveUncertain', {
      deliveryId: order.deliveryId,
      as: 'send_again',
    }),
  );
  await untilState(order.deliveryId, 'accepted');
  expect(house.mail.mailsTo(email)).toHaveLength(3);
});

// S0.5, S0.19, S0.20
test('a refusal for good fails the delivery with a sentence and a hint while the order stays approved; a retry by hand sends it with fresh life', async () => {
  const email = 'nobody@customers.test';
  house.mail.fail({ mode: 'reject-5xx', recipients: [email] });
  const order = await approved({ email });
  const failed = await untilState(order.deliveryId, 'failed');
  expect(failed).toMatchObject({
    attempts: 1,
    errorCode: expect.stringMatching(/^SMTP_/),
    errorSentence: expect.stringMatching(/\.$/),
    errorHint: expect.stringMatching(/\.$/),
  });
  expect(failed.attemptRows).toMatchObject([{ outcome: 'failed', smtpCode: 550 }]);
  expect(failed.attemptRows[0]!.conversation.some(({ line }) => line.includes('550'))).toBe(true);
  expect(await readOrder(order.id)).toMatchObject({ status: 'approved', stage: 'problem' });
  expect(house.mail.mailsTo(email)).toEqual([]);

  await runSql(house, `update download_link set expires_at = now() - interval '1 hour' where delivery_id = $1`, [
    order.deliveryId,
  ]);
  house.mail.fail({});
  const answers = await Promise.all(
    [1, 2, 3].map(() => shop.operator.visitor.mutate('deliveries.retry', { id: order.deliveryId })),
  );
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
  const mail = await house.mail.mailTo(email);
  const sent = await untilState(order.deliveryId, 'accepted');
  expect(mail.messageId).toBe(failed.messageId);
  expect(sent.errorSentence).toBeNull();
  expect((await openVisitor(() => '').get(linksIn(mail.text)[0]!)).status).toBe(200);
  expect(await readOrder(order.id)).toMatchObject({ status: 'approved', stage: 'delivered' });
  expect(house.mail.mailsTo(email)).toHaveLength(1);
});

test('a resend is a second message with links of its own, and the first links keep theirs', async () => {
  const order = await approved();
  const first = await house.mail.mailTo(order.email);
  await untilState(order.deliveryId, 'accepted');
  const { deliveryId } = dataOf(await shop.operator.visitor.mutate('deliveries.resend', { id: order.deliveryId }));
  const second = await house.mail.mailTo(order.email, 2);
  expect(second.messageId).not.toBe(first.messageId);
  const [oldLink, newLink] = [linksIn(first.text)[0]!, linksIn(second.text)[0]!];
  expect(newLink).not.toBe(oldLink);
  expect(await readDelivery(deliveryId)).toMatchObject({ resendOf: order.deliveryId });

  await runSql(house, `update download_link set expires_at = now() - interval '1 hour' where delivery_id = $1`, [
    order.deliveryId,
  ]);
  const nobody = openVisitor(() => '');
  expect([(await nobody.get(oldLink)).status, (await nobody.get(newLink)).status]).toEqual([410, 200]);
});

test('of ten who resend a message at once, one does, and one more mail is sent', async () => {
  const order = await approved();
  await untilState(order.deliveryId, 'accepted');
  await house.stopWorker();
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => shop.operator.visitor.mutate('deliveries.resend', { id: order.deliveryId })),
  );
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array<number>(9).fill(409)]);
  await house.startWorker();
  await house.mail.mailTo(order.email, 2);
  const { deliveryId } = answers.find(({ status }) => status === 200)!.data!;
  await untilState(deliveryId, 'accepted');
  expect(house.mail.mailsTo(order.email)).toHaveLength(2);
  // Once it has arrived, it may be sent once more.
  dataOf(await shop.operator.visitor.mutate('deliveries.resend', { id: order.deliveryId }));
  await house.mail.mailTo(order.email, 3);
});

test('a message that waits for its next try can be stopped: nothing is sent, and the order asks for a person', async () => {
  const email = 'stopped@customers.test';
  house.mail.fail({ mode: 'reject-4xx', recipients: [email] });
  const order = await approved({ email });
  await untilState(order.deliveryId, 'awaiting_retry');
  expect((await shop.operator.visitor.mutate('deliveries.resend', { id: order.deliveryId })).error?.code).toBe(
    'STILL_MOVING',
  );
  expect(dataOf(await shop.operator.visitor.mutate('deliveries.abort', { id: order.deliveryId })).state).toBe(
    'aborted',
  );
  house.mail.fail({});
  const delivery = await readDelivery(order.deliveryId);
  expect(dataOf(await shop.viewer.visitor.query('operations.job', { id: delivery.jobId })).state).toBe('cancelled');
  expect(await readOrder(order.id)).toMatchObject({ status: 'approved', stage: 'problem' });
  expect((await shop.operator.visitor.mutate('deliveries.abort', { id: order.deliveryId })).error?.code).toBe(
    'TOO_LATE',
  );

  dataOf(await shop.operator.visitor.mutate('deliveries.resend', { id: order.deliveryId }));
  await house.mail.mailTo(email);
  await until('the order to be delivered', async () => (await readOrder(order.id)).stage === 'delivered');
  expect(house.mail.mailsTo(email)).toHaveLength(1);
});

test('the order’s timeline tells the whole way, in order', async () => {
  const order = await approved();
  await untilState(order.deliveryId, 'accepted');
  const { timeline } = await readOrder(order.id);
  expect(timeline.map((event) => event.type)).toEqual([
    'order.placed',
    'approval.approved',
    'delivery.queued',
    'delivery.sending',
    'delivery.committing',
    'delivery.accepted',
  ]);
  expect(timeline.at(-1)!.data).toMatchObject({ attempt: 1, sendMs: expect.any(Number), totalMs: expect.any(Number) });
});

test('an order whose mail job is past its keep still shows its delivery', async () => {
  const sent = await sendBundle(house, shop);
  await runSql(house, 'delete from job where subject = $1', [sent.id]);
  const { deliveries } = dataOf(await shop.viewer.visitor.query('orders.get', { id: sent.id }));
  expect(deliveries).toMatchObject([{ id: sent.deliveryId, state: 'accepted', attempts: 1 }]);
  expect(dataOf(await shop.viewer.visitor.query('deliveries.get', { id: sent.deliveryId }))).toMatchObject({
    state: 'accepted',
    attempts: 1,
  });
});
