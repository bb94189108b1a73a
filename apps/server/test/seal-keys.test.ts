import { sealKeyList, sealKeysOf } from '@windlass/capabilities/kit/seal-keys';
import { sealSecret } from '@windlass/capabilities/kit/sealed-secret';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { addSource, postHook, shopifyOrder, type TestSource, wooOrder } from '@windlass/testkit/house/post-hook';
import { resealSecrets } from './setup/reseal-secrets.ts';
import { runSql } from '@windlass/testkit/house/run-sql';
import { AUTH_SECRET, SEAL_KEYS } from '@windlass/testkit/house/settings';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { type RunningServer, startServer } from '@windlass/testkit/house/start-server';
import { until } from '@windlass/testkit/until';
import { dataOf, openVisitor } from '@windlass/testkit/house/visitor';

const NEXT = `next:${'the-key-that-comes-after-'.repeat(2)}`;

let house: House;
let shop: Shop;

beforeAll(async () => {
  house = await startHouse({ worker: false });
  shop = await makeShop(house, 'Paper & Signal');
});
afterAll(() => house.close());

const statusAt = async (server: RunningServer, source: TestSource) =>
  (await postHook({ ...house, server }, source, { body: source.system === 'shopify' ? shopifyOrder() : wooOrder() }))
    .status;
const sealed = () => runSql<{ id: string; secret: Buffer }>(house, 'select id, secret from order_source order by id');

/** As long as `work` takes, a second server on the same database with other keys. */
async function withKeys<T>(keys: string | undefined, work: (server: RunningServer) => Promise<T>): Promise<T> {
  const server = await startServer({ ...house.common, secrets: { SEAL_KEYS: keys } });
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}

test('a key is replaced while servers run: each step opens everything, and the old key is needed no more', async () => {
  const sources = [await addSource(shop, 'shopify'), await addSource(shop, 'woocommerce')];
  const removed = await addSource(shop, 'shopify');
  dataOf(await shop.admin.visitor.mutate('orders.removeSource', { id: removed.id }));
  await withKeys(`${NEXT},${SEAL_KEYS}`, async (next) => {
    for (const source of sources) expect(await statusAt(next, source)).toBe(200);
    expect(await resealSecrets(house, { SEAL_KEYS: `${NEXT},${SEAL_KEYS}` })).toContain(
      'under key next: 2, of which anew: 2',
    );
    for (const source of sources) expect(await statusAt(next, source)).toBe(200);
  });
  const after = await sealed();
  expect(await resealSecrets(house, { SEAL_KEYS: `${NEXT},${SEAL_KEYS}` })).toContain(
    'under key next: 2, of which anew: 0',
  );
  expect(await sealed()).toEqual(after);
  await withKeys(NEXT, async (last) => {
    for (const source of sources) expect(await statusAt(last, source)).toBe(200);
    expect(await statusAt(last, removed)).toBe(401);
  });
  // The house itself does not know the new key.
  expect(await statusAt(house.server, sources[0]!)).toBe(503);
  expect(await resealSecrets(house, { SEAL_KEYS })).toMatch(/under key tests: 0, .*\n.*by no key.*: 2/);
  expect(await sealed()).toEqual(after);
});

test('a secret that is entered while all are sealed anew stays the one that was entered', async () => {
  const source = await addSource(shop, 'woocommerce');
  const keys = sealKeysOf({ SEAL_KEYS: sealKeyList.parse(SEAL_KEYS), AUTH_SECRET });
  let resealing: Promise<string> | undefined;
  await house.database.transaction(async (tx) => {
    const entered = sealSecret('entered just now', { keys, owner: source.id });
    await tx.rows('test-enter', 'update order_source set secret = $2 where id = $1', [source.id, entered]);
    resealing = resealSecrets(house, { SEAL_KEYS: `${NEXT},${SEAL_KEYS}` });
    await until('it waits for that row', async () => {
      const waiting = await runSql(
        house,
        `select 1 from pg_stat_activity where application_name = 'windlass reseal' and wait_event_type = 'Lock'
          and datname = current_database()`,
      );
      return waiting.length > 0;
    });
  });
  expect(await resealing).toContain('of which anew: 1');
  await withKeys(NEXT, async (last) =>
    expect(await statusAt(last, { ...source, secret: 'entered just now' })).toBe(200),
  );
});

test('more secrets than a batch holds are all sealed anew', async () => {
  const source = await addSource(shop, 'woocommerce');
  const known = await runSql(house, `select 1 from order_source where secret <> ''`);
  await runSql(
    house,
    `insert into order_source (id, shop_id, system, name, secret, created_by)
      select 'src_' || lpad(n::text, 26, '0'), s.shop_id, s.system, s.name, s.secret, s.created_by
        from order_source s, generate_series(1, 250) n where s.id = $1`,
    [source.id],
  );
  // Copies of another row’s secret open nowhere, and stand in nobody’s way.
  expect(await resealSecrets(house, { SEAL_KEYS: `${NEXT},${SEAL_KEYS}` })).toContain(
    `under key next: ${known.length}, of which anew: 1\n`,
  );
  await withKeys(NEXT, async (last) => expect(await statusAt(last, source)).toBe(200));
});

test('a house without a key starts and says so once; to enter a secret it says what to set', async () => {
  await withKeys(undefined, async (server) => {
    const warned = server.log.lines().filter(({ msg }) => msg?.includes('SEAL_KEYS'));
    expect(warned).toHaveLength(1);
    const admin = openVisitor(() => server.url, shop.admin.visitor.cookie);
    const before = await sealed();
    for (const answer of [
      await admin.mutate('orders.addSource', { system: 'woocommerce', name: 'New' }),
      await admin.mutate('orders.setSourceSecret', { id: before[0]!.id, secret: 'entered anew' }),
    ])
      expect(answer.error).toMatchObject({ code: 'NO_SEAL_KEY', message: expect.stringContaining('SEAL_KEYS') });
    expect(await sealed()).toEqual(before);
  });
});
