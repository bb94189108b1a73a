import { randomUUID } from 'node:crypto';
import { until } from '@windlass/testkit/until';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appRouter } from '../src/app-router.ts';
import { idFieldOf, idsByField, type ObjectKind } from './setup/check-procedures.ts';
import { findTokens } from './setup/find-tokens.ts';
import { listenLive } from '@windlass/testkit/house/listen-live';
import { listProcedures, type Procedure } from './setup/list-procedures.ts';
import { makePicture } from '@windlass/testkit/house/make-picture';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { openPortal } from '@windlass/testkit/house/open-portal';
import { addSource, postHook, shopifyOrder } from '@windlass/testkit/house/post-hook';
import { runSql } from '@windlass/testkit/house/run-sql';
import { sendArtwork } from '@windlass/testkit/house/send-artwork';
import { type SentBundle, sendBundle } from '@windlass/testkit/house/send-bundle';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { csvFile, csvLine, uploadFile } from '@windlass/testkit/house/upload-file';
import { dataOf, type Visitor } from '@windlass/testkit/house/visitor';

const procedures = listProcedures(appRouter);

let house: House;
let shop: Shop;
let sent: SentBundle;
let artworkToken: string;
let ids: Record<ObjectKind, string>;

/**
 * An order with a mailed download, an artwork link, and a proof mailed with it: everything live that a customer may
 * hold.
 */
beforeAll(async () => {
  house = await startHouse();
  shop = await makeShop(house, 'Paper & Signal');
  const { operator, admin } = shop;
  sent = await sendBundle(house, shop);
  const artwork = await sendArtwork(house, operator.visitor, { orderId: sent.id, bytes: await makePicture() });
  dataOf(await operator.visitor.mutate('artwork.sendProof', { id: artwork.artworkId }));
  artworkToken = /\/a\/([\w-]{43})/.exec((await house.mail.mailTo(sent.email, 2)).text)![1]!;
  const batch = dataOf(
    await operator.visitor.mutate('approvals.approveMany', { orderIds: [sent.id], requestKey: randomUUID() }),
  );
  const source = await addSource(shop, 'shopify');
  await postHook(house, source, { body: shopifyOrder({ email: '' }) });
  const [refused] = dataOf(await admin.visitor.query('orders.refused')).rows;
  const upload = await uploadFile(house, operator.visitor, csvFile(csvLine('P-1')));
  const artworkUpload = dataOf(
    await operator.visitor.mutate('artwork.startUpload', { orderId: sent.id, name: 'open.png', sizeBytes: 1000 }),
  );
  const [job] = await runSql<{ id: string }>(house, `select job_id as id from delivery where id = $1`, [
    sent.deliveryId,
  ]);
  ids = {
    order: sent.id,
    link: sent.linkId,
    delivery: sent.deliveryId,
    job: job!.id,
    batch: batch.id,
    artwork: artwork.artworkId,
    artworkUpload: artworkUpload.uploadId,
    upload: upload.id,
    source: source.id,
    refusedOrder: refused!.id,
    person: operator.id,
    apiKey: shop.apiKeyId,
  };
  await until(
    'the proof',
    async () => dataOf(await operator.visitor.query('artwork.get', { id: artwork.artworkId })).proof,
  );
});
afterAll(() => house.close());

/** What inputs of a viewer's procedures need besides an id. */
const rest: Record<string, object> = {
  'operations.changePassword': { current: 'not the present one', next: 'a long password' },
};

function call(visitor: Visitor, procedure: Procedure) {
  const id = idFieldOf(procedure);
  const kind = id && idsByField[`${procedure.name}.${id.field}`]!;
  const input = { ...rest[procedure.name], ...(id && { [id.field]: id.many ? [ids[kind!]] : ids[kind!] }) };
  return procedure.type === 'mutation'
    ? visitor.post(`/api/trpc/${procedure.name}`, input)
    : visitor.get(`/api/trpc/${procedure.name}?input=${encodeURIComponent(JSON.stringify(input))}`);
}

const countAudits = async () =>
  (
    await runSql<{ count: number }>(
      house,
      `select count(*)::int as count from audit_entry where action like '%copy-link'`,
    )
  )[0]!.count;

test('a token in an answer is found, however it is wrapped, and opens what it is for', async () => {
  const both = [sent.token, artworkToken];
  expect(
    await findTokens(
      house,
      JSON.stringify({ url: `https://x/d/${sent.token}`, far: encodeURIComponent(`/a/${artworkToken}?x`) }),
    ),
  ).toEqual(both);
  expect(await findTokens(house, `x${sent.token}y _${artworkToken}-`)).toEqual(both);
  expect(await findTokens(house, 'A'.repeat(200))).toEqual([]);
  expect((await fetch(`${house.server.url}/d/${sent.token}`)).status).toBe(200);
  expect((await openPortal(house, artworkToken).read()).artworks).toHaveLength(1);
});

describe('a viewer who asks everything', () => {
  test.each(procedures)('$name answers a viewer without any link that is live', async (procedure) => {
    const answer = await call(shop.viewer.visitor, procedure);
    if (procedure.role === 'viewer')
      expect([200, 409, 422].includes(answer.status) && !answer.text.includes('"INVALID"'), answer.text).toBe(true);
    else expect(answer.status).toBe(403);
    expect(await findTokens(house, answer.text)).toEqual([]);
  });

  test('no address of the server tells a viewer a link that is live, in its answer or its headers', async () => {
    const walked = new Set<string>();
    for (const { method, path } of house.server.routes) {
      // The customer's own pages open by the token alone; the live stream is listened to below.
      if (
        (method !== 'GET' && method !== 'ALL') ||
        path.startsWith('/d/') ||
        path.startsWith('/api/download') ||
        path === '/api/live'
      )
        continue;
      const at = path
        .replace(/:id/, ids.artwork)
        .replace(/:\w+(\{[^}]*\})?/g, 'a'.repeat(40))
        .replace('*', 'x');
      if (walked.has(at)) continue;
      walked.add(at);
      const answer = await shop.viewer.visitor.get(at);
      expect([at, await findTokens(house, answer.text + JSON.stringify([...answer.headers]))]).toEqual([at, []]);
    }
    expect(walked.size).toBeGreaterThan(15);
  });

  test('the live stream, from the first event on, tells no link that is live', async () => {
    const stream = await listenLive(house, shop.viewer.visitor, {
      topics: 'orders,approvals,deliveries,artwork,jobs',
      lastEventId: '1:0',
      byQuery: true,
    });
    dataOf(await shop.operator.visitor.mutate('deliveries.resend', { id: sent.deliveryId }));
    await stream.untilEvents(3);
    expect(await findTokens(house, JSON.stringify(stream.events))).toEqual([]);
    stream.close();
    // Nor does what is kept of it, for those who come later.
    const kept = await runSql<{ text: string }>(
      house,
      `select coalesce(string_agg(e::text, ' '), '') as text from event e`,
    );
    expect(await findTokens(house, kept[0]!.text)).toEqual([]);
  });
});

describe('those who may do what a link permits', () => {
  test('what an order is answered over REST holds none', async () => {
    const answer = await fetch(`${house.server.url}/api/v1/orders`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${shop.apiKey}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify({
        customer: { name: 'Ada', email: 'ada@example.com' },
        currency: 'EUR',
        lines: [{ sku: sent.bundle.sku, title: 'x', quantity: 1, unitMinor: 1 }],
      }),
    });
    expect([answer.status, await findTokens(house, await answer.text())]).toEqual([201, []]);
  });

  test('the file of orders that an operator exports holds none', async () => {
    const file = await shop.operator.visitor.get('/orders/export.csv');
    expect([file.status, await findTokens(house, file.text)]).toEqual([200, []]);
  });

  test.each(procedures.filter(({ bearer }) => bearer))(
    '$name hands out a live link to an operator, and each time writes who asked',
    async (procedure) => {
      const before = await countAudits();
      const answer = await call(shop.operator.visitor, procedure);
      expect(await findTokens(house, answer.text)).toHaveLength(1);
      expect(await countAudits()).toBe(before + 1);
    },
  );

  test.each(procedures.filter(({ bearer }) => !bearer))(
    '$name, which is not declared to, hands out none to an admin either',
    async (procedure) => {
      const { text } = await call(shop.admin.visitor, procedure);
      expect(await findTokens(house, text)).toEqual([]);
    },
  );
});
