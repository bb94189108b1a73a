import { until } from '@windlass/testkit/until';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { emptyShop } from '@windlass/testkit/house/empty-shop';
import { insertOrders } from '@windlass/testkit/house/insert-orders';
import { makeBundle } from '@windlass/testkit/house/make-bundle';
import { makeShop, type Shop } from '@windlass/testkit/house/make-shop';
import { runSql } from '@windlass/testkit/house/run-sql';
import { type House, startHouse } from '@windlass/testkit/house/start-house';
import { statementsOf } from '@windlass/testkit/house/statements-of';
import { dataOf, type OutputOf } from '@windlass/testkit/house/visitor';

let house: House;
let mine: Shop;
let other: Shop;

beforeAll(async () => {
  house = await startHouse({ worker: false });
  [mine, other] = await Promise.all([makeShop(house, 'Paper & Signal'), makeShop(house, 'The Other Shop')]);
  await insertOrders(
    house,
    other.id,
    Array.from({ length: 5 }, (_, i) => ({ name: `Needle ${i}` })),
  );
});
afterAll(() => house.close());
beforeEach(() => emptyShop(house, mine));

const list = (input: object, who = mine) => who.viewer.visitor.query('orders.list', input);
const idsOf = (page: OutputOf<'orders.list'>) => page.rows.map((row) => row.id);

// 85
test('percent, underscore and backslash in a search are looked for as they stand', async () => {
  await insertOrders(house, mine.id, [
    { name: '100% Paper' },
    { name: '100 Paper' },
    { name: 'a_b' },
    { name: 'axb' },
    { name: 'back\\slash' },
    { name: 'plain' },
  ]);
  const found = async (search: string) =>
    dataOf(await list({ search }))
      .rows.map((row) => row.customerName)
      .toSorted();
  expect(await found('100%')).toEqual(['100% Paper']);
  expect(await found('a_b')).toEqual(['a_b']);
  expect(await found('back\\slash')).toEqual(['back\\slash']);
  expect(await found('\\')).toEqual(['back\\slash']);
  expect(await found('%')).toEqual(['100% Paper']);
  expect(await found(`' or 1=1 --`)).toEqual([]);
});

test('a search finds name, address, reference and number, whatever the case', async () => {
  const [id] = await insertOrders(house, mine.id, [
    { name: 'Zoë Müller', email: 'Zoe.M@customers.test', reference: 'WEB-7301' },
    { name: 'Somebody else' },
  ]);
  const { number } = dataOf(await mine.viewer.visitor.query('orders.get', { id }));
  for (const search of ['zoë', 'MÜLLER', 'zoe.m@CUSTOMERS', 'web-7301', String(number), `#${number}`, '  zoë  ']) {
    expect([search, idsOf(dataOf(await list({ search })))]).toEqual([search, [id]]);
  }
  expect(idsOf(dataOf(await list({ search: '' })))).toHaveLength(2);
});

test('digits find a reference as well as a number; with # they are a number, ours or the shop’s, and no part of anything', async () => {
  const [first, second] = await insertOrders(house, mine.id, [{}, {}]);
  const { number } = dataOf(await mine.viewer.visitor.query('orders.get', { id: first }));
  await runSql(house, `update customer_order set search_text = search_text || ' ref-' || $2::text where id = $1`, [
    second,
    number,
  ]);
  expect(idsOf(dataOf(await list({ search: String(number) }))).toSorted()).toEqual([first, second].toSorted());
  expect(idsOf(dataOf(await list({ search: `#${number}` })))).toEqual([first]);
  const [theirs] = await insertOrders(house, mine.id, [{ reference: `#${number}` }]);
  await insertOrders(house, mine.id, [{ reference: `#${number}0` }]);
  expect(idsOf(dataOf(await list({ search: `#${number}` }))).toSorted()).toEqual([first, theirs].toSorted());
  expect((await list({ search: '999999999999' })).status).toBe(200);
});

test('no list shows another shop’s rows, however it is asked', async () => {
  const theirs = idsOf(dataOf(await list({}, other)));
  expect(theirs).toHaveLength(5);
  expect(idsOf(dataOf(await list({ search: 'needle' })))).toEqual([]);
  expect(idsOf(dataOf(await list({ search: other.name })))).toEqual([]);
  expect(dataOf(await mine.viewer.visitor.query('orders.rows', { ids: theirs })).rows).toEqual([]);
  expect((await mine.viewer.visitor.query('orders.get', { id: theirs[0] })).status).toBe(404);
  const foreignPlace = dataOf(await list({ limit: 1 }, other)).next!;
  expect((await list({ cursor: foreignPlace })).error?.code).toBe('BAD_CURSOR');
});

test('each tab holds the orders of its stage, and the counts agree with the lists', async () => {
  const bundle = await makeBundle(house, mine);
  const [waiting, moving, rejected, problem] = await insertOrders(
    house,
    mine.id,
    Array.from({ length: 4 }, () => ({ bundles: [bundle] })),
  );
  dataOf(await mine.operator.visitor.mutate('approvals.approve', { orderId: moving }));
  dataOf(await mine.operator.visitor.mutate('approvals.reject', { orderId: rejected }));
  await runSql(house, `update customer_order set stage = 'problem' where id = $1`, [problem]);
  const tabs = {
    waiting: [waiting],
    approved: [moving],
    delivered: [],
    problems: [problem],
    all: [waiting, moving, rejected, problem],
  };
  const counts = dataOf(await mine.viewer.visitor.query('orders.counts'));
  for (const [tab, ids] of Object.entries(tabs)) {
    expect([tab, idsOf(dataOf(await list({ tab }))).toSorted()]).toEqual([tab, ids.toSorted()]);
    expect([tab, counts[tab as keyof typeof counts]]).toEqual([tab, { count: ids.length, more: false }]);
  }
});

test('a count stops at a thousand and says that there are more', async () => {
  await runSql(
    house,
    `insert into customer_order (id, shop_id, number, customer_name, customer_email, search_text, currency, total_minor,
      line_count)
     select 'ord_' || $1 || n, $1, n, 'n', 'n@customers.test', 'n', 'EUR', 0, 0 from generate_series(1, 1001) n`,
    [mine.id],
  );
  /** What changed past all rules is told as a change is: counts are kept until something happens. */
  const counted = async (more: boolean) => {
    await runSql(
      house,
      `insert into event (shop_id, topic, subject, type) values ($1, 'orders', 'ord_many', 'order.changed')`,
      [mine.id],
    );
    return until('the counts', async () => {
      const counts = dataOf(await mine.viewer.visitor.query('orders.counts'));
      return counts.all.count === 1000 && counts.all.more === more && counts;
    });
  };
  const counts = await counted(true);
  expect([counts.all, counts.waiting, counts.delivered]).toEqual([
    { count: 1000, more: true },
    { count: 1000, more: true },
    { count: 0, more: false },
  ]);
  await runSql(house, 'delete from customer_order where shop_id = $1 and number = 1001', [mine.id]);
  expect((await counted(false)).all).toEqual({ count: 1000, more: false });
});

// S4.13, S2.9
test('a list, a page of it, an order and its counts each cost two statements: the session and the answer; jobs and deliveries another for what they serve', async () => {
  const bundle = await makeBundle(house, mine);
  const ids = await insertOrders(
    house,
    mine.id,
    Array.from({ length: 60 }, () => ({ bundles: [bundle], name: 'Ada' })),
  );
  for (const id of ids.slice(0, 5)) dataOf(await mine.operator.visitor.mutate('approvals.approve', { orderId: id }));
  const { visitor } = mine.viewer;
  const cursor = dataOf(await list({ limit: 20, search: 'ada' })).next;
  const answers = {
    list: await list({}),
    listOfHundred: await list({ limit: 100, tab: 'waiting' }),
    nextPage: await list({ limit: 20, search: 'ada', cursor }),
    rows: await visitor.query('orders.rows', { ids }),
    counts: await visitor.query('orders.counts'),
    order: await visitor.query('orders.get', { id: ids[0] }),
    deliveries: await visitor.query('deliveries.list', {}),
    deliveryCounts: await visitor.query('deliveries.counts'),
    jobs: await visitor.query('operations.jobs', {}),
    jobCounts: await visitor.query('operations.jobCounts'),
    waiting: await visitor.query('operations.waiting'),
    people: await mine.admin.visitor.query('operations.people'),
    keys: await mine.admin.visitor.query('operations.apiKeys'),
  };
  for (const [name, answer] of Object.entries(answers)) {
    expect([name, answer.status]).toEqual([name, 200]);
    expect([name, statementsOf(house, answer)]).toEqual([name, name === 'jobs' || name === 'deliveries' ? 3 : 2]);
  }
});

test('two numbers find what lies between them, for the link behind an import', async () => {
  const ids = await insertOrders(house, mine.id, [{}, {}, {}, {}]);
  const { rows } = dataOf(await mine.viewer.visitor.query('orders.rows', { ids }));
  const numbers = rows.map((row) => row.number).toSorted((a, b) => a - b);
  const found = dataOf(await list({ search: `#${numbers[1]}-#${numbers[3]}` }));
  expect(found.rows.map((row) => row.number).toSorted((a, b) => a - b)).toEqual(numbers.slice(1));
  expect(dataOf(await list({ search: '#2-#1' })).rows).toEqual([]);
});

test('an answer that breaks its own schema is our fault: 500 without insides, and a line in the log', async () => {
  const [id] = await insertOrders(house, mine.id, [{}]);
  await runSql(house, 'update customer_order set total_minor = 9007199254740993 where id = $1', [id]);
  const answer = await list({});
  expect([answer.status, answer.error?.code, answer.error?.fields]).toEqual([500, 'INTERNAL', undefined]);
  expect(answer.text).not.toMatch(/total|minor|safe/i);
  const requestId = answer.headers.get('x-request-id');
  expect(house.server.log.lines().some((line) => line.reqId === requestId && line.level === 'error')).toBe(true);
});
