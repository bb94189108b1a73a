import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { until } from '@windlass/testkit/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadLastRelease } from './setup/load-last-release.ts';
import { cookiesOf } from '@windlass/testkit/house/make-shop';
import { openCustomer } from '@windlass/testkit/house/open-customer';
import { openPortal } from '@windlass/testkit/house/open-portal';
import { postHook, wooOrder } from '@windlass/testkit/house/post-hook';
import { runSql } from '@windlass/testkit/house/run-sql';
import { SEAL_KEYS } from '@windlass/testkit/house/settings';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { startServer } from '@windlass/testkit/house/start-server';
import { dataOf, openVisitor, type Visitor } from '@windlass/testkit/house/visitor';
import { resealSecrets } from './setup/reseal-secrets.ts';

type Expected = Record<
  | 'accepted'
  | 'revoked'
  | 'sent'
  | 'delivered'
  | 'read'
  | 'bounced'
  | 'uncertain'
  | 'failed'
  | 'aborted'
  | 'rejected'
  | 'awaiting_retry'
  | 'queued'
  | 'sending'
  | 'committing'
  | 'withheld',
  { orderId: string; deliveryId: string; number: number; email: string; tokens: string[] }
> & {
  artwork: { orderId: string; artworkId: string; token: string };
  upload: { uploadId: string };
  source: { id: string; secret: string };
  apiKey: { secret: string };
  import: { id: string; references: string[] };
  batch: { id: string; orderIds: string[] };
};
const was = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'last-release', 'expected.json'), 'utf8'),
) as Expected;

let house: House;
let admin: Visitor;

beforeAll(async () => {
  house = await startHouse({ testDatabase: await loadLastRelease(), trustProxy: true, worker: false });
  const visitor = openVisitor(() => house.server.url);
  const answer = await visitor.post('/api/sign-in', { email: 'demo@windlass.test', password: 'windlass-demo' });
  expect(answer.status).toBe(200);
  admin = openVisitor(() => house.server.url, cookiesOf(answer.headers));
});
afterAll(() => house.close());

const readOrder = async (id: string) => dataOf(await admin.query('orders.get', { id }));
const stateOf = async (orderId: string) => (await readOrder(orderId)).deliveries[0]?.state;

test('every order stands where it stood, whatever its mail had come to', async () => {
  for (const state of [
    'accepted',
    'sent',
    'delivered',
    'read',
    'bounced',
    'failed',
    'uncertain',
    'aborted',
    'awaiting_retry',
    'queued',
    'sending',
    'committing',
    'withheld',
  ] as const) {
    const order = await readOrder(was[state].orderId);
    expect([order.number, order.status, order.deliveries[0]?.state], state).toEqual([
      was[state].number,
      'approved',
      state,
    ]);
    expect(
      order.timeline.map(({ type }) => type),
      state,
    ).toEqual(expect.arrayContaining(['order.placed', 'approval.approved']));
  }
  expect(await readOrder(was.rejected.orderId)).toMatchObject({ status: 'rejected', adminNotes: 'Out of stock.' });
  const counts = dataOf(await admin.query('orders.counts'));
  expect(counts.all.count).toBe(40);
  expect(counts.problems.count).toBe(4); // failed, aborted, bounced, uncertain
  for (const tab of ['all', 'waiting', 'approved', 'delivered', 'problems', 'rejected'] as const)
    expect((await admin.query('orders.list', { tab })).status).toBe(200);
});

test('links that were mailed open, are copied as they were, and can be revoked', async () => {
  const customer = openCustomer(house);
  const [token] = was.revoked.tokens;
  expect((await customer.open(`/d/${token}`)).status).toBe(200);
  const { links } = await readOrder(was.revoked.orderId);
  const { url } = dataOf(await admin.mutate('approvals.copyLink', { linkId: links[0]!.id }));
  expect(url.split('/d/')[1]).toBe(token);
  dataOf(await admin.mutate('approvals.revokeLink', { linkId: links[0]!.id }));
  expect((await customer.open(`/d/${token}`)).status).toBe(410);
  for (const state of ['accepted', 'sent', 'delivered', 'read', 'bounced', 'uncertain'] as const)
    for (const mailed of was[state].tokens) expect((await customer.open(`/d/${mailed}`)).status, state).toBe(200);
});

test('a customer’s artwork link opens, is told again as it was, and can be closed', async () => {
  const portal = openPortal(house, was.artwork.token);
  const order = await portal.read();
  expect(order.artworks.map(({ id }) => id)).toContain(was.artwork.artworkId);
  expect(order.artworks.every(({ file, thumb }) => file.state === 'ready' && thumb !== null)).toBe(true);
  const { url } = dataOf(await admin.mutate('artwork.makeLink', { orderId: was.artwork.orderId }));
  expect(url!.split('/a/')[1]).toBe(was.artwork.token);
  dataOf(await admin.mutate('artwork.revokeLink', { orderId: was.artwork.orderId }));
  expect((await portal.ask('read', {})).status).toBeGreaterThanOrEqual(400);
});

test('an upload that was half sent goes on or begins anew, and can be given up', async () => {
  const { uploadId } = was.upload;
  const resumed = await admin.mutate('artwork.resumeUpload', { uploadId });
  expect([200, 404]).toContain(resumed.status);
  expect((await admin.mutate('artwork.abandonUpload', { uploadId })).status).toBe(200);
});

test('secrets that were sealed open: a shop’s messages are taken; an API key made then is known', async () => {
  const body = wooOrder();
  const signature = createHmac('sha256', was.source.secret).update(body).digest('base64');
  const headers = {
    'x-wc-webhook-signature': signature,
    'x-wc-webhook-topic': 'order.created',
    'x-wc-webhook-delivery-id': 'one',
  };
  const post = (sign: string) =>
    admin.post(`/hooks/woocommerce/${was.source.id}`, body, { ...headers, 'x-wc-webhook-signature': sign });
  expect(await post(signature)).toMatchObject({ status: 200 });
  expect((await post(signature.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')))).status).toBe(401);
  const order = {
    customer: { name: 'Ada', email: 'ada@example.com' },
    currency: 'EUR',
    lines: [{ sku: 'ICON-96', title: 'Icons', quantity: 1, unitMinor: 1200 }],
  };
  const made = await admin.post('/api/v1/orders', order, {
    authorization: `Bearer ${was.apiKey.secret}`,
    'idempotency-key': 'after',
  });
  expect(made.status).toBe(201);
});

test('secrets that AUTH_SECRET sealed are sealed anew, and then it may be changed', async () => {
  const secrets = { AUTH_SECRET: 'auth-secret-of-the-tests-after-a-leak-0123456789' };
  const changed = await startServer({ ...house.common, secrets });
  const statusAt = async (server: House['server']) =>
    (await postHook({ ...house, server }, { ...was.source, system: 'woocommerce', url: '' }, { body: wooOrder() }))
      .status;
  try {
    expect([await statusAt(house.server), await statusAt(changed)]).toEqual([200, 503]);
    expect(await resealSecrets(house, { SEAL_KEYS })).toContain('under key tests: 1, of which anew: 1');
    expect([await statusAt(house.server), await statusAt(changed)]).toEqual([200, 200]);
  } finally {
    await changed.stop();
  }
});

test('jobs that were waiting, retrying, running or held run under their old names: every mail goes out, the batch and the import are done', async () => {
  await house.startWorker();
  for (const state of ['queued', 'awaiting_retry', 'sending', 'committing', 'withheld'] as const) {
    await until(`the mail that was ${state}`, async () => (await stateOf(was[state].orderId)) === 'accepted');
    expect(house.mail.mailsTo(was[state].email).length, state).toBe(1);
  }
  for (const id of was.batch.orderIds)
    await until('an order of the batch', async () => (await readOrder(id)).status === 'approved');
  const upload = await until('the import', async () => {
    const found = dataOf(await admin.query('orders.import', { id: was.import.id }));
    return found.state === 'imported' && found;
  });
  expect(upload.result).toMatchObject({ imported: was.import.references.length });
  dataOf(await admin.mutate('deliveries.retry', { id: was.failed.deliveryId }));
  await until('the mail that had failed', async () => (await stateOf(was.failed.orderId)) === 'accepted');
  const left = await runSql(
    house,
    `select name, state from job where state in ('queued', 'active', 'retrying', 'failed')`,
  );
  expect(left.filter((job) => !String(job.name).startsWith('artwork.'))).toEqual([]);
});
