import { formatPlace } from '@windlass/capabilities/kit/page';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { emptyShop } from '@windlass/testkit/house/empty-shop';
import { insertOrders } from '@windlass/testkit/house/insert-orders';
import { makeBundle } from '@windlass/testkit/house/make-bundle';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { runSql } from '@windlass/testkit/house/run-sql';
import { AUTH_SECRET } from '@windlass/testkit/house/settings';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { dataOf, type OutputOf } from '@windlass/testkit/house/visitor';

let house: House;
let mine: Shop;
let other: Shop;

beforeAll(async () => {
  house = await startHouse({ worker: false });
  [mine, other] = await Promise.all([makeShop(house, 'Paper & Signal'), makeShop(house, 'The Other Shop')]);
});
afterAll(() => house.close());
beforeEach(() => emptyShop(house, mine));

type Page = OutputOf<'orders.list'>;
const list = (input: object, who = mine) => who.viewer.visitor.query('orders.list', input);
const idsOf = (page: Page) => page.rows.map((row) => row.id);

/** Minutes of one morning, newest last. Several orders share a minute. */
const at = (minute: number) => new Date(Date.UTC(2026, 0, 5, 8, minute)).toISOString();

// 86
test('pages hold every order once, newest first, while orders come and go between them', async () => {
  const ids = await insertOrders(
    house,
    mine.id,
    Array.from({ length: 40 }, (_, i) => ({ placedAt: at(Math.floor(i / 4)) })),
  );
  const seen: string[] = [];
  const deleted: string[] = [];
  let cursor: string | null = null;
  for (let pages = 0; ; pages += 1) {
    const page: Page = dataOf(await list({ limit: 7, ...(cursor && { cursor }) }));
    seen.push(...idsOf(page));
    cursor = page.next;
    if (!cursor) break;
    expect(pages).toBeLessThan(10);
    await insertOrders(house, mine.id, [{}, {}]); // newer than all
    const last = page.rows.at(-1)!.id; // the very row the cursor stands on, and one yet to come
    const coming = ids.find((id) => !seen.includes(id) && !deleted.includes(id))!;
    deleted.push(coming);
    await runSql(house, 'delete from customer_order where id = any($1::text[])', [[last, coming]]);
  }
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.toSorted()).toEqual(ids.filter((id) => !deleted.includes(id)).toSorted());
  const minutes = seen.map((id) => Math.floor(ids.indexOf(id) / 4));
  expect(minutes).toEqual(minutes.toSorted((a, b) => b - a));
});

test('orders of one microsecond are told apart, and none is skipped at a page’s edge', async () => {
  const ids = await insertOrders(
    house,
    mine.id,
    Array.from({ length: 9 }, () => ({ placedAt: at(0) })),
  );
  await runSql(
    house,
    `update customer_order set placed_at = placed_at + interval '1 microsecond' where id = any($1::text[])`,
    [ids.slice(4)],
  );
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page: Page = dataOf(await list({ limit: 1, cursor }));
    seen.push(...idsOf(page));
    cursor = page.next ?? undefined;
  } while (cursor);
  expect(seen).toEqual([...ids.slice(4).toSorted().reverse(), ...ids.slice(0, 4).toSorted().reverse()]);
});

test('a page that ends with the last order has no next', async () => {
  await insertOrders(house, mine.id, [{}, {}, {}]);
  expect(dataOf(await list({ limit: 3 }))).toMatchObject({ next: null });
  expect(dataOf(await list({ limit: 2 })).next).not.toBeNull();
});

test.each(['deliveries.list', 'operations.jobs'] as const)(
  'the pages of %s hold every row once, newest first, also those of one moment',
  async (name) => {
    const bundle = await makeBundle(house, mine);
    const orderIds = await insertOrders(
      house,
      mine.id,
      Array.from({ length: 12 }, () => ({ bundles: [bundle] })),
    );
    for (const orderId of orderIds) dataOf(await mine.operator.visitor.mutate('approvals.approve', { orderId }));
    for (const table of ['delivery', 'job'])
      await runSql(house, `update ${table} set created_at = date_trunc('second', created_at) where shop_id = $1`, [
        mine.id,
      ]);
    const rows: { id: string; createdAt: string }[] = [];
    let cursor: string | undefined;
    do {
      const page = dataOf(await mine.viewer.visitor.query(name, { limit: 5, cursor }));
      rows.push(...page.rows);
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(new Set(rows.map((row) => row.id)).size).toBe(12);
    expect(rows).toHaveLength(12);
    const times = rows.map((row) => row.createdAt);
    expect(times).toEqual(times.toSorted().reverse());
  },
);

// 81
test.each([
  ['nonsense', 'nonsense'],
  ['an empty one', ''],
  ['only a dot', '.'],
  ['a signature of nothing', '.AAAAAAAAAAAAAAAAAAAAAA'],
  ['JSON without a signature', Buffer.from('["2026-01-01","ord_1","x"]').toString('base64url')],
  ['one signed with another secret', formatPlace({ at: '2026-01-01', id: 'ord_1' }, ['orders'], 'another secret')],
  ['SQL', `'; drop table customer_order; --`],
])('a forged cursor (%s) is answered 400', async (_what, cursor) => {
  const answer = await list({ cursor });
  expect([answer.status, answer.error?.code]).toEqual([400, 'BAD_CURSOR']);
});

test('a cursor of ours with one character changed is answered 400', async () => {
  const cursor = formatPlace(
    { at: '2026-01-01 00:00:00+00', id: 'ord_1' },
    ['orders', mine.id, 'all', '', ''],
    AUTH_SECRET,
  );
  expect((await list({ cursor })).status).toBe(200);
  const at10 = cursor[10] === 'A' ? 'B' : 'A';
  expect((await list({ cursor: cursor.slice(0, 10) + at10 + cursor.slice(11) })).error?.code).toBe('BAD_CURSOR');
  expect((await list({ cursor: `${cursor}x` })).error?.code).toBe('BAD_CURSOR');
});

// 82
test('a cursor of another tab, search, list or shop is answered 400', async () => {
  await insertOrders(
    house,
    mine.id,
    Array.from({ length: 3 }, () => ({ name: 'Ada' })),
  );
  const cursor = dataOf(await list({ limit: 1, search: 'ada' })).next!;
  expect((await list({ cursor, search: 'ada' })).status).toBe(200);
  for (const answer of [
    await list({ cursor }),
    await list({ cursor, search: 'eve' }),
    await list({ cursor, search: 'ada', tab: 'waiting' }),
    await list({ cursor, search: 'ada' }, other),
    await mine.viewer.visitor.query('deliveries.list', { cursor, search: 'ada' }),
    await mine.viewer.visitor.query('operations.jobs', { cursor }),
  ]) {
    expect([answer.status, answer.error?.code]).toEqual([400, 'BAD_CURSOR']);
  }
});

test('a list of some days holds what falls on them, page by page, and no other', async () => {
  const day = (date: number, hour = 12) => new Date(Date.UTC(2026, 0, date, hour)).toISOString();
  const ids = await insertOrders(
    house,
    mine.id,
    [1, 2, 2, 3, 3, 4].map((date) => ({ placedAt: day(date) })),
  );
  const within = (placed: object, rest: object = {}) => list({ placed, ...rest });
  const found = async (placed: object) => idsOf(dataOf(await within(placed))).toSorted();
  expect(await found({ from: day(2, 0), before: day(4, 0) })).toEqual(ids.slice(1, 5).toSorted());
  expect(await found({ from: day(3) })).toEqual(ids.slice(3).toSorted());
  expect(await found({ before: day(2) })).toEqual(ids.slice(0, 1));
  expect(await found({ from: '2026-01-03T13:30:00+02:00', before: day(4) })).toEqual(ids.slice(3, 5).toSorted());

  const days = { from: day(2, 0), before: day(4, 0) };
  const first = dataOf(await within(days, { limit: 3 }));
  const second = dataOf(await within(days, { limit: 3, cursor: first.next }));
  expect([...idsOf(first), ...idsOf(second)].toSorted()).toEqual(ids.slice(1, 5).toSorted());
  for (const answer of [
    await list({ cursor: first.next }),
    await within({ from: day(2, 0) }, { cursor: first.next }),
    await within({ ...days, before: day(5) }, { cursor: first.next }),
  ])
    expect([answer.status, answer.error?.code]).toEqual([400, 'BAD_CURSOR']);
});

test.each([
  ['orders.list', 'placed'],
  ['deliveries.list', 'created'],
] as const)('%s says what is wrong with days that are none', async (name, field) => {
  const from = '2026-01-02T00:00:00Z';
  for (const [days, place, sentence] of [
    [{ from: 'yesterday' }, 'from', 'There is no such time.'],
    [{ from: '2026-02-31T00:00:00Z' }, 'from', 'There is no such time.'],
    [{ before: '2026-01-02' }, 'before', 'There is no such time.'],
    [{ before: '0001-01-01T00:00:00Z' }, 'before', 'A time between 1970 and 2100.'],
    [{ from, before: from }, 'before', 'The end must come after the beginning.'],
    [{ from, before: '2026-01-02T01:00:00+02:00' }, 'before', 'The end must come after the beginning.'],
    [{ since: from }, '', expect.stringMatching(/since/)],
  ] as const) {
    const answer = await mine.viewer.visitor.query(name, { [field]: days });
    expect([answer.status, answer.error?.code]).toEqual([422, 'INVALID']);
    expect(answer.error!.fields).toEqual({ [place ? `${field}.${place}` : field]: sentence });
  }
});

test('a cursor of deliveries of other days is answered 400', async () => {
  const bundle = await makeBundle(house, mine);
  const orderIds = await insertOrders(
    house,
    mine.id,
    Array.from({ length: 3 }, () => ({ bundles: [bundle] })),
  );
  for (const orderId of orderIds) dataOf(await mine.operator.visitor.mutate('approvals.approve', { orderId }));
  const created = { from: '2026-01-01T00:00:00Z' };
  const ask = (input: object) => mine.viewer.visitor.query('deliveries.list', input);
  const { rows, next: cursor } = dataOf(await ask({ created, limit: 2 }));
  expect(rows).toHaveLength(2);
  expect(dataOf(await ask({ created, limit: 2, cursor })).rows).toHaveLength(1);
  expect(dataOf(await ask({ created: { before: created.from } })).rows).toEqual([]);
  expect((await ask({ cursor })).error?.code).toBe('BAD_CURSOR');
  expect((await ask({ cursor, created: { from: '2026-01-02T00:00:00Z' } })).error?.code).toBe('BAD_CURSOR');
});

// 83, 84
test.each([
  ['limit', { limit: 0 }],
  ['limit', { limit: -5 }],
  ['limit', { limit: 1e9 }],
  ['limit', { limit: 1.5 }],
  ['limit', { limit: '10' }],
  ['tab', { tab: 'everything' }],
  ['tab', { tab: `waiting' or 1=1 --` }],
  ['search', { search: 'x'.repeat(201) }],
  ['search', { search: 'a\u0000b' }],
  ['cursor', { cursor: 'x'.repeat(501) }],
])('a list asked with a wrong %s (%j) is answered 422 on that field', async (field, input) => {
  const answers = await Promise.all([
    list(input),
    mine.viewer.visitor.query('deliveries.list', input),
    ...(field === 'search' ? [] : [mine.viewer.visitor.query('operations.jobs', input)]),
  ]);
  for (const answer of answers) {
    expect([answer.status, answer.error?.code]).toEqual([422, 'INVALID']);
    expect(answer.error!.fields).toHaveProperty([field]);
  }
});
