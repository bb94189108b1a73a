import { listArtworks } from '@windlass/capabilities/artwork/list-artworks';
import { listInput as artworkListInput } from '@windlass/capabilities/artwork/contract';
import type { SignedInContext } from '@windlass/capabilities/kit/server-context';
import { listInput } from '@windlass/capabilities/orders/contract';
import { getOrder } from '@windlass/capabilities/orders/get-order';
import { listOrders } from '@windlass/capabilities/orders/list-orders';
import { openClient } from '@windlass/db/embedded/open-client';
import { openDatabase, type Database } from '@windlass/db/open-database';
import type { Sql } from '@windlass/db/sql';
import { createTestDatabase, type TestDatabase } from '@windlass/db/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { explainStatements, type ScannedTable } from '@windlass/testkit/house/explain-statements';

const ROWS = 1_000_000;
const ORDERS = `insert into customer_order (id, shop_id, number, status, stage, customer_name, customer_email,
  search_text, currency, total_minor, line_count, placed_at)
  select 'ord_' || lpad(n::text, 26, '0'), case when n % 10 = 0 then 'shop_b' else 'shop_a' end, n,
    case when n % 20 = 0 then 'waiting' when n % 50 = 1 then 'rejected' else 'approved' end::order_status,
    case when n % 20 = 0 then 'waiting' when n % 50 = 1 then 'closed' when n % 500 = 3 then 'problem' else 'delivered' end::order_stage,
    'Customer ' || n % 5000, 'c' || n % 5000 || '@rows.test', '#' || n, 'EUR', 1900, 1, now() - make_interval(secs => (${ROWS} - n) * 30)
  from generate_series(1, ${ROWS}) n`;
const LINES = `insert into order_line (id, order_id, position, sku, title, quantity, unit_minor)
  select 'line_' || lpad(n::text, 26, '0'), 'ord_' || lpad(n::text, 26, '0'), 1, 'TEE', 'T-shirt', 1, 1900
    from generate_series(1, ${ROWS}) n`;
const FILES = `insert into artwork_file (id, shop_id, object_key, size_bytes, kind, state, width, height)
  select 'afl_' || lpad(n::text, 26, '0'), 'shop_a', 'x', 1, 'png',
    case when n % 400 = 0 then 'failed' else 'ready' end::artwork_file_state, 100, 100
    from generate_series(1, 200000) n`;
const ARTWORKS = `insert into artwork (id, shop_id, order_id, file_id, name, state, created_at)
  select 'art_' || lpad(n::text, 26, '0'), 'shop_a', 'ord_' || lpad((n * 5)::text, 26, '0'),
    'afl_' || lpad(n::text, 26, '0'), 'logo.png',
    case when n % 100 = 0 then 'sent' else 'approved' end::artwork_state,
      now() - make_interval(secs => (200000 - n) * 60) from generate_series(1, 200000) n`;

const LARGE = new Set(['customer_order', 'order_line', 'artwork', 'artwork_file']);
const DROP_FOREIGN_KEYS = `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as sql
  from pg_constraint where contype = 'f' and conrelid::regclass::text = any($1)`;
const INDEXES = `select indexname as name, indexdef as definition
  from pg_indexes where tablename = any($1) and indexname not in (select conname from pg_constraint)`;

let own: TestDatabase;
let database: Database;

beforeAll(async () => {
  own = await createTestDatabase();
  database = openDatabase({
    url: own.url,
    poolSize: 2,
    applicationName: 'a million rows',
    report: (error) => {
      throw error;
    },
  });
  // The house's own connections give up after seconds.
  const client = await openClient(own.url, 'a million rows, filled');
  const run = (text: string) => client.query(text);
  await run(
    `insert into shop (id, name, mail_from) values ('shop_a', 'A', 'a@rows.test'), ('shop_b', 'B', 'b@rows.test')`,
  );
  // Text search has tests of its own, and its index takes longer to fill than all others together.
  await run('drop index order_search');
  // The rows are right by construction, and an index over all of them at once takes a fraction of one that grows row by
  // row.
  for (const { sql } of (await client.query<{ sql: string }>(DROP_FOREIGN_KEYS, [[...LARGE]])).rows) await run(sql);
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(INDEXES, [[...LARGE]]);
  for (const { name } of indexes) await run(`drop index ${name}`);
  for (const text of [
    ORDERS,
    LINES,
    FILES,
    ARTWORKS,
    `set maintenance_work_mem = '256MB'`,
    ...indexes.map(({ definition }) => definition),
    'analyze',
  ])
    await run(text);
  await client.end();
}, 180_000);
afterAll(async () => {
  await database.close();
  await own.drop();
});

/** What a statement of ours reads, table by table. */
async function scansOf(work: (ctx: SignedInContext) => Promise<unknown>): Promise<ScannedTable[]> {
  const explained = explainStatements(database.pool);
  await work(contextWith(explained.sql));
  expect(explained.scans.length).toBeGreaterThan(0);
  return explained.scans;
}

const contextWith = (sql: Sql) =>
  ({
    services: {
      database: { ...database, sql },
      settings: { cursorSecret: 'a secret of this test', undoSeconds: 10, pictures: '' },
    },
    person: { shopId: 'shop_a', id: 'usr_x', name: 'X', role: 'admin' },
  }) as unknown as SignedInContext;

const wholeTables = (scans: ScannedTable[]) => scans.filter(({ table, how }) => how === 'Seq Scan' && LARGE.has(table));

const orderTabs = ['all', 'waiting', 'delivered', 'problems', 'rejected'] as const;
test.each(orderTabs)('S2.1, S2.2, S2.5: the list of orders (%s) reads an index at a million rows', async (tab) => {
  const scans = await scansOf((ctx) => listOrders(ctx, listInput.parse({ tab })));
  expect(wholeTables(scans)).toEqual([]);
  expect(scans.find(({ table }) => table === 'customer_order')!.index).toMatch(/^order_list_/);
});

test.each(orderTabs)('the list of orders (%s) of some days reads an index at a million rows', async (tab) => {
  const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
  for (const placed of [{ from: ago(7) }, { from: ago(60), before: ago(30) }, { before: ago(100) }]) {
    const scans = await scansOf((ctx) => listOrders(ctx, listInput.parse({ tab, placed })));
    expect(wholeTables(scans)).toEqual([]);
    expect(scans.find(({ table }) => table === 'customer_order')!.index).toMatch(/^order_list_/);
  }
});

test('S2.3: the orders of an address, newest first, read its own index without a sort', async () => {
  const scans = await scansOf((ctx) =>
    ctx.services.database.sql.rows(
      'x',
      `select id from customer_order where shop_id = $1 and customer_email = $2
        order by placed_at desc, id desc limit 50`,
      ['shop_a', 'c77@rows.test'],
    ),
  );
  expect(scans).toMatchObject([
    { table: 'customer_order', how: expect.stringMatching(/^Index (Only )?Scan$/), index: 'order_email_placed' },
  ]);
});

test('S2.4, S2.9: an order with its lines, artwork and history is one statement and reads indexes alone', async () => {
  const scans = await scansOf((ctx) => getOrder(ctx, `ord_${'1'.padStart(26, '0')}`).catch(() => undefined));
  expect(wholeTables(scans)).toEqual([]);
  expect(scans.find(({ table }) => table === 'order_line')!.index).toBeDefined();
});

test.each(['all', 'sent', 'approved', 'problems'] as const)('the gallery (%s) reads indexes alone', async (tab) => {
  const scans = await scansOf((ctx) => listArtworks(ctx, artworkListInput.parse({ tab, limit: 100 })));
  expect(wholeTables(scans)).toEqual([]);
});

test('a statement without its index is found', async () => {
  await database.pool.query('drop index order_list_all');
  await database.pool.query('drop index order_list_stage');
  const scans = await scansOf((ctx) => listOrders(ctx, listInput.parse({ tab: 'problems' })));
  expect(wholeTables(scans)).not.toEqual([]);
});
