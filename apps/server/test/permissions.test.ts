import { randomUUID } from 'node:crypto';
import { initTRPC } from '@trpc/server';
import { mayActAs, type Role } from '@windlass/auth/roles';
import { newId } from '@windlass/db/ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { appRouter } from '../src/app-router.ts';
import { checkProcedures, idFieldOf, idsByField, type ObjectKind } from './setup/check-procedures.ts';
import { listProcedures, type Procedure } from './setup/list-procedures.ts';
import { makePerson, makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { runSql } from '@windlass/testkit/house/run-sql';
import { addSource, postHook, shopifyOrder } from '@windlass/testkit/house/post-hook';
import { makePicture } from '@windlass/testkit/house/make-picture';
import { sendArtwork } from '@windlass/testkit/house/send-artwork';
import { sendBundle } from '@windlass/testkit/house/send-bundle';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { csvFile, csvLine, uploadFile } from '@windlass/testkit/house/upload-file';
import { type Answer, dataOf, openVisitor, type Visitor } from '@windlass/testkit/house/visitor';

const procedures = listProcedures(appRouter);

test('every procedure declares its role and its output, and every id is known by what it names', () => {
  expect(checkProcedures(appRouter)).toEqual([]);
  expect(procedures.length).toBeGreaterThan(20);
});

test('a procedure without role, without output, or with an unknown id is found', () => {
  const t = initTRPC.meta<{ role?: Role }>().create();
  const planted = t.router({
    orders: t.router({
      peek: t.procedure.output(z.object({})).query(() => ({})),
      leak: t.procedure.meta({ role: 'viewer' }).query(() => ({ secret: 1 })),
      touch: t.procedure
        .meta({ role: 'viewer' })
        .input(z.strictObject({ thingId: z.string() }))
        .output(z.object({}))
        .mutation(() => ({})),
      fine: t.procedure
        .meta({ role: 'viewer' })
        .output(z.object({}))
        .query(() => ({})),
    }),
  });
  expect(checkProcedures(planted)).toEqual([
    expect.stringMatching(/^orders\.peek declares no role: begin it with/),
    expect.stringMatching(/^orders\.leak has no output schema: add \.output/),
    expect.stringMatching(/^orders\.touch takes thingId: say in/),
  ]);
});

/** Written out a second time, so that nobody widens a role by a slip: it takes this line too. */
test('who may do what is as written here', () => {
  const namesFor = (role: Role) => procedures.filter((procedure) => procedure.role === role).map(({ name }) => name);
  expect(namesFor('admin')).toEqual([
    'orders.sources',
    'orders.addSource',
    'orders.setSourceSecret',
    'orders.removeSource',
    'customers.find',
    'customers.export',
    'customers.erase',
    'customers.erasures',
    'operations.releaseMessages',
    'operations.people',
    'operations.invitePerson',
    'operations.resendInvitation',
    'operations.sendReset',
    'operations.setRole',
    'operations.disablePerson',
    'operations.enablePerson',
    'operations.removePerson',
    'operations.apiKeys',
    'operations.addApiKey',
    'operations.revokeApiKey',
  ]);
  expect(namesFor('operator')).toEqual([
    'orders.correctEmail',
    'orders.import',
    'orders.importColumns',
    'orders.chooseColumns',
    'orders.startImport',
    'orders.refused',
    'orders.takeAgain',
    'orders.dismissRefused',
    'approvals.approve',
    'approvals.reject',
    'approvals.undo',
    'approvals.reopen',
    'approvals.approveMany',
    'approvals.rejectMany',
    'approvals.undoBatch',
    'approvals.stopBatch',
    'approvals.revokeLink',
    'approvals.restoreLink',
    'approvals.copyLink',
    'deliveries.retry',
    'deliveries.resend',
    'deliveries.abort',
    'deliveries.resolveUncertain',
    'artwork.decide',
    'artwork.sendProof',
    'artwork.remove',
    'artwork.restore',
    'artwork.makeLink',
    'artwork.revokeLink',
    'artwork.restoreLink',
    'artwork.startUpload',
    'artwork.resumeUpload',
    'artwork.partUrls',
    'artwork.finishUpload',
    'artwork.abandonUpload',
    'operations.retryJob',
    'operations.retryFailures',
    'operations.stopRetryRun',
    'operations.acknowledgeFailures',
    'operations.acknowledgeJob',
    'operations.setMailTrouble',
    'operations.setStorageTrouble',
    'operations.killWorker',
    'operations.cancelJob',
  ]);
  // A viewer looks, and changes nothing but their own password, and what is made first.
  expect(
    namesFor('viewer').filter((name) => procedures.find((procedure) => procedure.name === name)!.type !== 'query'),
  ).toEqual(['artwork.see', 'operations.changePassword']);
});

/** What an input needs besides the id. A new procedure that needs more fails below with 422: add it here. */
const rest: Record<string, () => object> = {
  'approvals.approveMany': () => ({ requestKey: randomUUID() }),
  'approvals.rejectMany': () => ({ requestKey: randomUUID() }),
  'orders.correctEmail': () => ({ email: 'corrected@example.com' }),
  'deliveries.resolveUncertain': () => ({ as: 'sent' }),
  'artwork.decide': () => ({ decision: 'approve' }),
  'artwork.startUpload': () => ({ name: 'logo.png', sizeBytes: 1000 }),
  'artwork.partUrls': () => ({ parts: [1] }),
  'operations.killWorker': () => ({ worker: 'wrk_nobody' }),
  'operations.setMailTrouble': () => ({ trouble: 'none' }),
  'operations.setStorageTrouble': () => ({ trouble: 'none' }),
  'operations.retryFailures': () => ({ name: 'deliveries.send-email', code: null }),
  'operations.stopRetryRun': () => ({ run: 'run_nobody' }),
  'operations.acknowledgeFailures': () => ({ name: 'deliveries.send-email', code: null }),
  'orders.chooseColumns': () => ({ choice: null }),
  'orders.startImport': () => ({ which: 'good' }),
  'orders.addSource': () => ({ system: 'woocommerce', name: 'Web shop' }),
  'orders.setSourceSecret': () => ({ secret: 'another secret' }),
  'orders.takeAgain': () => ({ email: 'given@example.com' }),
  'operations.invitePerson': () => ({ name: 'New', email: `${newId('usr')}@people.test`, role: 'viewer' }),
  'customers.find': () => ({ email: 'nobody.here@example.com' }),
  'customers.export': () => ({ email: 'nobody.here@example.com' }),
  'customers.erase': () => ({ email: 'nobody.here@example.com', confirm: 'nobody.here@example.com' }),
  'operations.changePassword': () => ({ current: 'not the present one', next: 'a long password' }),
  'operations.setRole': () => ({ role: 'operator' }),
  'operations.releaseMessages': () => ({ nextNumber: 5_000 }),
  'operations.addApiKey': () => ({ name: 'New till' }),
};

type Objects = Record<ObjectKind, string>;

describe('over HTTP', () => {
  let house: House;
  let shop: Shop;
  let other: Shop;
  let own: Objects;
  let foreign: Objects;

  beforeAll(async () => {
    house = await startHouse();
    [shop, other] = await Promise.all([makeShop(house, 'Paper & Signal'), makeShop(house, 'The Other Shop')]);
    [own, foreign] = await Promise.all([makeObjects(shop), makeObjects(other)]);
    await house.stopWorker(); // from here on nothing changes but by the calls below
  });
  afterAll(() => house.close());

  /** One of each kind, none of which the callers themselves depend on. */
  async function makeObjects(of: Shop): Promise<Objects> {
    const sent = await sendBundle(house, of);
    const { jobId } = dataOf(await of.viewer.visitor.query('deliveries.get', { id: sent.deliveryId }));
    const person = await makePerson(house, of.id, 'viewer');
    const key = dataOf(await of.admin.visitor.mutate('operations.addApiKey', { name: 'Spare' }));
    const batch = dataOf(
      await of.operator.visitor.mutate('approvals.approveMany', { orderIds: [sent.id], requestKey: randomUUID() }),
    );
    const upload = await uploadFile(house, of.operator.visitor, csvFile(csvLine('P-1')));
    const source = await addSource(of, 'shopify');
    await postHook(house, source, { body: shopifyOrder({ email: '' }) });
    const [refused] = dataOf(await of.admin.visitor.query('orders.refused')).rows;
    const artwork = await sendArtwork(house, of.operator.visitor, { orderId: sent.id, bytes: await makePicture() });
    const artworkUpload = dataOf(
      await of.operator.visitor.mutate('artwork.startUpload', { orderId: sent.id, name: 'open.png', sizeBytes: 1000 }),
    );
    return {
      artwork: artwork.artworkId,
      artworkUpload: artworkUpload.uploadId,
      batch: batch.id,
      upload: upload.id,
      source: source.id,
      refusedOrder: refused!.id,
      order: sent.id,
      link: sent.linkId,
      delivery: sent.deliveryId,
      job: jobId,
      person: person.id,
      apiKey: key.id,
    };
  }

  /** Everything of a shop that a call could have changed. */
  const stateOf = (shopId: string) =>
    runSql(
      house,
      `select (select json_agg(o order by o.id) from customer_order o where shop_id = $1) as orders,
      (select json_agg(d order by d.id) from delivery d where shop_id = $1) as deliveries,
        (select json_agg(j order by j.id) from job j where shop_id = $1) as jobs,
      (select json_agg(l order by l.id) from download_link l where shop_id = $1) as links,
        (select json_agg(u order by u.id) from app_user u where shop_id = $1) as people,
      (select json_agg(l order by l.id) from account_link l
        join app_user u on u.id = l.user_id where shop_id = $1) as account_links,
      (select json_agg(s order by s.id) from session s
        join app_user u on u.id = s.user_id where shop_id = $1) as sessions,
      (select json_agg(k order by k.id) from api_key k where shop_id = $1) as keys,
        (select json_agg(i order by i.id) from order_import i where shop_id = $1) as imports,
      (select json_agg(c) from order_column_choice c where shop_id = $1) as choices,
      (select json_agg(s order by s.id) from order_source s where shop_id = $1) as sources,
        (select json_agg(r order by r.id) from source_order r where shop_id = $1) as refused,
        (select json_agg(b order by b.id) from batch b where shop_id = $1) as batches,
      (select json_agg(a order by a.id) from artwork a where shop_id = $1) as artworks,
        (select json_agg(f order by f.id) from artwork_file f where shop_id = $1) as files,
      (select json_agg(u order by u.id) from artwork_upload u where shop_id = $1) as uploads,
        (select json_agg(k order by k.id) from artwork_link k where shop_id = $1) as artwork_links,
      (select count(*) from audit_entry where shop_id = $1) as audits,
      (select count(*) from event where shop_id = $1) as events`,
      [shopId],
    );

  const call = (visitor: Visitor, procedure: Procedure, input: object, headers: Record<string, string> = {}) =>
    procedure.type === 'mutation'
      ? visitor.post(`/api/trpc/${procedure.name}`, input, headers)
      : visitor.get(`/api/trpc/${procedure.name}?input=${encodeURIComponent(JSON.stringify(input))}`, headers);

  /** The inputs that name an object, or the one that names none. */
  function inputsOf(procedure: Procedure, objects: { own: Objects; foreign: Objects }) {
    const more = () => rest[procedure.name]?.() ?? {};
    const id = idFieldOf(procedure);
    if (!id) return { own: more() };
    const kind = idsByField[`${procedure.name}.${id.field}`]!;
    const naming = (value: string) => ({ ...more(), [id.field]: id.many ? [value] : value });
    const missing = `${objects.own[kind].split('_')[0]}_01jd0000000000000000000000`;
    return { own: naming(objects.own[kind]), foreign: naming(objects.foreign[kind]), missing: naming(missing) };
  }

  const bodyOf = (answer: Answer) =>
    `${answer.status} ${answer.text.replace(/"requestId":"[^"]+"/, '"requestId":"-"')}`;
  const codeOf = (answer: Answer) =>
    (JSON.parse(answer.text) as { error?: { data?: { code: string } } }).error?.data?.code;

  async function expectRefused(
    procedure: Procedure,
    { visitor, inputs, headers = {} }: { visitor: Visitor; inputs: object[]; headers?: Record<string, string> },
    answer: [number, string],
  ) {
    for (const input of inputs) {
      const refused = await call(visitor, procedure, input, headers);
      expect([input, refused.status, codeOf(refused)]).toEqual([input, ...answer]);
    }
  }

  /** Own objects are reached; a foreign one cannot be told from one that is not there. */
  async function expectAllowed(procedure: Procedure, visitor: Visitor, inputs: ReturnType<typeof inputsOf>) {
    const done = await call(visitor, procedure, inputs.own);
    // 409: allowed, but not in this state. Nobody's password is known here: that it was looked at shows that they were
    // let in.
    expect([200, 409].includes(done.status) || codeOf(done) === 'WRONG_PASSWORD', done.text).toBe(true);
    if (!inputs.foreign || !inputs.missing) return;
    const [foreignAnswer, missingAnswer] = [
      await call(visitor, procedure, inputs.foreign),
      await call(visitor, procedure, inputs.missing),
    ];
    expect(bodyOf(foreignAnswer)).toBe(bodyOf(missingAnswer));
    if (idFieldOf(procedure)!.many && procedure.type === 'query')
      expect(JSON.parse(foreignAnswer.text)).toEqual({ result: { data: { rows: [] } } });
    else expect([foreignAnswer.status, codeOf(foreignAnswer)]).toEqual([404, 'NOT_FOUND']);
  }

  test.each(procedures)('$name lets in whom it declares, and no one near another shop’s objects', async (procedure) => {
    const inputs = inputsOf(procedure, { own, foreign });
    const all = Object.values(inputs);
    const theirs = await stateOf(other.id);
    const nobody = openVisitor(() => house.server.url);
    await expectRefused(procedure, { visitor: nobody, inputs: all }, [401, 'SIGN_IN']);
    await expectRefused(
      procedure,
      { visitor: nobody, inputs: all, headers: { authorization: `Bearer ${shop.apiKey}` } },
      [401, 'SIGN_IN'],
    );
    for (const role of ['viewer', 'operator', 'admin'] as const) {
      const { visitor } = shop[role];
      if (mayActAs(role, procedure.role!)) await expectAllowed(procedure, visitor, inputs);
      else await expectRefused(procedure, { visitor, inputs: all }, [403, 'ROLE']);
    }
    expect(await stateOf(other.id)).toEqual(theirs);

    const ours = await stateOf(shop.id);
    await expectAllowed(procedure, other.admin.visitor, inputsOf(procedure, { own: foreign, foreign: own }));
    expect(await stateOf(shop.id)).toEqual(ours);
  });
});
