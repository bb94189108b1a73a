import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { emptyShop } from '@windlass/testkit/house/empty-shop';
import { insertOrders } from '@windlass/testkit/house/insert-orders';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { placeOrder } from '@windlass/testkit/house/place-order';
import { runSql } from '@windlass/testkit/house/run-sql';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { importFile, uploadFile } from '@windlass/testkit/house/upload-file';
import { openVisitor } from '@windlass/testkit/house/visitor';

let house: House;
let shop: Shop;
let other: Shop;

beforeAll(async () => {
  house = await startHouse();
  [shop, other] = await Promise.all([makeShop(house, 'Paper & Signal'), makeShop(house, 'The Other Shop')]);
});
afterAll(() => house.close());
beforeEach(async () => {
  await emptyShop(house, shop);
  await emptyShop(house, other);
});

const exported = async (of: Shop, query = '') => {
  const answer = await of.operator.visitor.get(`/orders/export.csv${query}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.text;
};
const rowsIn = (text: string) => text.trim().split('\r\n').length - 1;

/** What makes an order what it is, whoever has it. */
const CONTENT = `select o.reference, o.customer_name as name, o.customer_email as email, o.customer_note as note,
  o.currency, o.total_minor::text as total,
    date_trunc('milliseconds', o.placed_at)::text as placed,
      (select json_agg(json_build_array(l.position, l.sku, l.title, l.quantity, l.unit_minor) order by l.position)
      from order_line l where l.order_id = o.id) as lines
  from customer_order o where o.shop_id = $1 order by o.placed_at, o.reference`;

const nasty = [
  `=HYPERLINK("http://evil.test","x")`,
  '+cmd',
  '-2+3',
  '@SUM(A1)',
  '＝1+1',
  '－1',
  `'=x`,
  `''`,
  'He said "hi"; a, b',
  '#17',
];

// 108
test('no cell of an export begins as a formula does, and every cell is quoted', async () => {
  for (const text of nasty) await placeOrder(house, shop, { name: text, reference: `REF ${text}` });
  const text = await exported(shop);
  const cells = [...text.matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell]) => cell!);
  expect(cells.filter((cell) => /^[=+\-@\t\r\n＝＋－＠]/.test(cell))).toEqual([]);
  expect(text.replace(/^\ufeff/, '').replaceAll(/"(?:[^"]|"")*"/g, '')).toMatch(/^[,\r\n]*$/);
  expect(cells).toContain(`'=HYPERLINK(""http://evil.test"",""x"")`);
});

// 109
test('an export imported into another shop makes the same orders again; into its own, none', async () => {
  await insertOrders(
    house,
    shop.id,
    nasty.map((text, i) => ({ name: text, reference: `${text} ${i}`, placedAt: `2026-11-2${i % 3}T0${i}:00:00.125Z` })),
  );
  await runSql(
    house,
    `update customer_order set customer_note = E'=1+1\\r\\nsecond line\\t"quoted"' where shop_id = $1`,
    [shop.id],
  );
  const file = await exported(shop);
  const there = await uploadFile(house, other.operator.visitor, file);
  expect(there).toMatchObject({ faultCount: 0, leftOut: [], newCount: nasty.length });
  await importFile(other.operator.visitor, there.id);
  expect(await runSql(house, CONTENT, [other.id])).toEqual(await runSql(house, CONTENT, [shop.id]));
  expect(await uploadFile(house, shop.operator.visitor, file)).toMatchObject({ orderCount: nasty.length, newCount: 0 });
});

test('an order without a reference goes out as its number, and is known by it when it comes back', async () => {
  const { number } = await placeOrder(house, shop);
  const file = await exported(shop);
  expect(file).toContain(`"#${number}"`);
  expect(await uploadFile(house, shop.operator.visitor, file)).toMatchObject({ orderCount: 1, newCount: 0 });
  expect(await uploadFile(house, other.operator.visitor, file)).toMatchObject({ orderCount: 1, newCount: 1 });
});

test('the export holds what the list shows: its tab, its search, its shop', async () => {
  await insertOrders(house, shop.id, [{ name: 'Ada' }, { name: 'Eve' }, { name: 'Ada' }]);
  await insertOrders(house, other.id, [{ name: 'Ada' }]);
  await runSql(
    house,
    `update customer_order set status = 'rejected', stage = 'closed'
      where id in (select id from customer_order where shop_id = $1 and customer_name = 'Ada' limit 1)`,
    [shop.id],
  );
  expect(rowsIn(await exported(shop))).toBe(3);
  expect(rowsIn(await exported(shop, '?tab=waiting'))).toBe(2);
  expect(rowsIn(await exported(shop, '?tab=waiting&q=ada'))).toBe(1);
  expect(rowsIn(await exported(shop, '?q=%25'))).toBe(0);
});

test('an export of some days holds what falls on them; of days that are none there is none', async () => {
  await insertOrders(
    house,
    shop.id,
    ['2026-11-19', '2026-11-20', '2026-11-21'].map((day) => ({ placedAt: `${day}T12:00:00Z` })),
  );
  expect(rowsIn(await exported(shop, '?from=2026-11-20T00:00:00Z&before=2026-11-21T00:00:00Z'))).toBe(1);
  expect(rowsIn(await exported(shop, '?from=2026-11-20T00:00:00Z'))).toBe(2);
  expect((await shop.operator.visitor.get('/orders/export.csv?from=yesterday')).status).toBe(422);
});

test('1,700 orders of one moment come out once each, page by page', async () => {
  await insertOrders(
    house,
    shop.id,
    Array.from({ length: 1_700 }, (_, i) => ({ reference: `E-${i}`, placedAt: '2026-11-20T00:00:00Z' })),
  );
  const text = await exported(shop);
  expect(new Set(text.match(/"E-\d+"/g)).size).toBe(1_700);
  expect(rowsIn(text)).toBe(1_700);
});

test('nobody, a viewer and an unknown list get none; an export is in the audit log', async () => {
  expect((await openVisitor(() => house.server.url).get('/orders/export.csv')).status).toBe(401);
  expect((await shop.viewer.visitor.get('/orders/export.csv')).status).toBe(403);
  expect((await shop.operator.visitor.get('/orders/export.csv?tab=everything')).status).toBe(422);
  await exported(shop, '?tab=waiting');
  const [entry] = await runSql(
    house,
    `select actor_id as actor, data from audit_entry where action = 'orders.export' order by at desc limit 1`,
  );
  expect(entry).toEqual({ actor: shop.operator.id, data: { tab: 'waiting', searched: false } });
});

test('it is offered as a file by the name of its list, and nothing keeps it', async () => {
  const { headers } = await shop.operator.visitor.get('/orders/export.csv?tab=waiting');
  expect(headers.get('content-disposition')).toMatch(/^attachment; filename="orders-waiting-\d{4}-\d\d-\d\d\.csv"$/);
  expect([headers.get('content-type'), headers.get('cache-control')]).toEqual(['text/csv; charset=utf-8', 'no-store']);
});
