import { formatPlace } from '@windlass/capabilities/kit/page';
import type { Database } from '@windlass/db/open-database';
import { amountOf, type Benchmark, type Figure } from '../benchmark.ts';
import { alternate } from '../measure/alternate.ts';
import { ratiosOf, spreadOf } from '../measure/spread.ts';
import { makeShop, signIn, SHOP_ID } from '../world/make-shop.ts';
import { openBarePool } from '../world/open-bare-pool.ts';
import { openTestDatabase } from '../world/open-test-database.ts';
import { AUTH_SECRET } from '../world/secrets.ts';
import { startServer } from '../world/start-server.ts';
import type { World } from '../world/world.ts';
import { fillShop } from './fill-shop.ts';
import { measureRequests } from './measure-requests.ts';
import { openProductList } from './product-list.ts';
import { listRaw, type RawPlace } from './raw-list.ts';
import { timeEach } from './time-each.ts';

const LIMIT = 50;
const DEEP_PAGE = 10_000;

export const orderList: Benchmark = {
  name: 'order-list',
  what:
    'A shop of 1,000,000 orders with their lines and deliveries. First the operation that answers the list (in this process, on ' +
    'the house’s own database access) against ' +
    'hand-written SQL with the same facts in plain columns, prepared on bare pg: page 1, and page 10,000 by its cursor. Then list ' +
    'and order page through HTTP on the real ' +
    'server, with a session, one request at a time: p50, the server’s CPU and its statements for each request.',
  run,
};

async function run(world: World): Promise<Figure[]> {
  const orders = world.small ? 20_000 : 1_000_000;
  const requests = world.small ? 20 : 1_000;
  const databaseUrl = await world.createDatabase();
  const eyes = openTestDatabase(world, databaseUrl);
  const shop = await makeShop(eyes, 'viewer');
  const withHistory = orders / 20;
  await fillShop(databaseUrl, { orders, seed: world.seed, withHistory });

  const deep = await placeBefore(eyes, Math.min(DEEP_PAGE, orders / LIMIT / 2));
  const cursor = formatPlace(deep, ['orders', SHOP_ID, 'all', '', ''], AUTH_SECRET);
  const query = await measureQuery(world, { eyes, databaseUrl, deep, cursor, times: requests });

  const server = await startServer(world, { databaseUrl });
  const cookie = await signIn(server, shop);
  const ids = await eyes.sql.rows<{ id: string }>(
    'bench-detail-ids',
    `select id from customer_order where shop_id = $1 and number > $2 and status = 'approved'
      order by hashtextextended(id, $3) limit $4`,
    [SHOP_ID, orders - withHistory, world.seed, requests],
  );
  const measure = (procedure: string, inputs: object[]) =>
    measureRequests(world, { server, cookie, procedure, inputs });
  const first = await measure(
    'orders.list',
    Array.from({ length: requests }, () => ({ tab: 'all' })),
  );
  const far = await measure(
    'orders.list',
    Array.from({ length: requests }, () => ({ tab: 'all', cursor })),
  );
  const detail = await measure(
    'orders.get',
    ids.map(({ id }) => ({ id })),
  );
  await server.stop();
  return [
    ...query,
    { what: 'list p50 through HTTP', amount: { value: first.p50, unit: 'ms' }, target: 'list.p50' },
    { what: 'list p50 through HTTP, page 10,000', amount: { value: far.p50, unit: 'ms' }, target: 'list.p50' },
    { what: 'list server CPU', amount: { value: first.cpuMs, unit: 'ms' }, target: 'list.cpu' },
    {
      what: 'list statements, besides the session’s',
      amount: { value: first.statements - 1, unit: 'x' },
      target: 'list.statements',
    },
    { what: 'order p50 through HTTP', amount: { value: detail.p50, unit: 'ms' }, target: 'detail.p50' },
    {
      what: 'order statements, the session’s included',
      amount: { value: detail.statements, unit: 'x' },
      target: 'detail.statements',
    },
    { what: 'order server CPU', amount: { value: detail.cpuMs, unit: 'ms' } },
  ];
}

/** The last order before a page, which is where its cursor points. */
async function placeBefore(eyes: Database, page: number): Promise<RawPlace> {
  const row = await eyes.sql.row<RawPlace>(
    'bench-place',
    'select placed_at::text as at, id from customer_order where shop_id = $1 order by placed_at desc, id desc limit 1 offset $2',
    [SHOP_ID, (page - 1) * LIMIT - 1],
  );
  return row!;
}

type QueryParts = { eyes: Database; databaseUrl: string; deep: RawPlace; cursor: string; times: number };

async function measureQuery(world: World, { eyes, databaseUrl, deep, cursor, times }: QueryParts): Promise<Figure[]> {
  const pool = openBarePool(world, databaseUrl, 1);
  const list = openProductList(eyes);
  const arms = {
    ours: () => list({ tab: 'all', limit: LIMIT }),
    twin: () => listRaw(pool, LIMIT),
    oursDeep: () => list({ tab: 'all', limit: LIMIT, cursor }),
    twinDeep: () => listRaw(pool, LIMIT, deep),
  };
  const names = Object.keys(arms) as (keyof typeof arms)[];
  for (const name of names) await timeEach(arms[name], times); // warm
  const p50 = await alternate(
    names.map((name) => ({ name, round: () => timeEach(arms[name], times) })),
    world.rounds,
  );
  const ms = (samples: number[]) => amountOf(spreadOf(samples), 'ms');
  return [
    {
      what: 'query against raw SQL, page 1',
      amount: amountOf(ratiosOf(p50.ours, p50.twin), 'x'),
      target: 'list.query',
    },
    {
      what: 'query against raw SQL, page 10,000',
      amount: amountOf(ratiosOf(p50.oursDeep, p50.twinDeep), 'x'),
      target: 'list.query',
    },
    {
      what: 'page 10,000 against page 1',
      amount: amountOf(ratiosOf(p50.oursDeep, p50.ours), 'x'),
      target: 'list.deep',
    },
    { what: 'query p50, page 1', amount: ms(p50.ours), twin: { what: 'raw SQL', amount: ms(p50.twin) } },
    { what: 'query p50, page 10,000', amount: ms(p50.oursDeep), twin: { what: 'raw SQL', amount: ms(p50.twinDeep) } },
  ];
}
