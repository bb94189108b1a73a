import { amountOf, type Benchmark, type Figure } from '../benchmark.ts';
import { alternate } from '../measure/alternate.ts';
import { quantile } from '../measure/quantile.ts';
import { runClients } from '../measure/run-clients.ts';
import { runSchedule } from '../measure/run-schedule.ts';
import { ratiosOf, spreadOf } from '../measure/spread.ts';
import { createOrderSupply } from '../world/insert-waiting-orders.ts';
import { makeShop, signIn } from '../world/make-shop.ts';
import { openTestDatabase } from '../world/open-test-database.ts';
import { openPool } from '../world/open-pool.ts';
import { mutationRequest } from '../world/requests.ts';
import { startServer } from '../world/start-server.ts';
import type { World } from '../world/world.ts';
import { captureApproval } from './capture-approval.ts';
import { openReplay, POOL_SIZE } from './replay-approval.ts';

const CLIENTS = 32;
const PER_SECOND = 200;

export const approve: Benchmark = {
  name: 'approve',
  what:
    `${CLIENTS} clients approve orders as fast as they are answered: HTTP with a session's cookie, role check, the whole ` +
    `transaction, on the real ` +
    `server in a process of its own. Its twin sends the same statements, as recorded from the server, on bare pg: ${POOL_SIZE} connections ` +
    `on either side. Then ${PER_SECOND} approvals a second on a fixed schedule, each timed from its planned start.`,
  run,
};

async function run(world: World): Promise<Figure[]> {
  const count = world.small ? 40 : 2_000;
  // In small others use the machine meanwhile: a server that is asked for more than it can answers 503, as it should.
  const [seconds, perSecond] = world.small ? [1, 5] : [20, PER_SECOND];
  const databaseUrl = await world.createDatabase();
  const eyes = openTestDatabase(world, databaseUrl);
  const shop = await makeShop(eyes, 'operator');
  const supply = createOrderSupply(eyes);
  const take = async (wanted: number) => (await supply(wanted)).map(({ id }) => id);

  const template = await captureApproval(world, { databaseUrl, shop, orderIds: await take(3) });
  const replay = openReplay(world, databaseUrl, template);
  const server = await startServer(world, { databaseUrl });
  const cookie = await signIn(server, shop);
  const http = await openPool(world, server.port, CLIENTS);
  const click = async (orderId: string) => {
    const { status, body } = await http.send(mutationRequest('/api/trpc/approvals.approve', cookie, { orderId }));
    if (status !== 200) throw new Error(`an approval answered ${status}: ${body}`);
  };

  let cpuMs = 0;
  const ours = async () => {
    const orders = await take(count);
    const before = await server.usage();
    const rate = await runClients(orders, CLIENTS, click);
    cpuMs = (await server.usage()).cpuMs - before.cpuMs;
    return rate;
  };
  const twin = async () => runClients(await take(count), CLIENTS, replay);
  await ours(); // warm
  await twin();
  const rates = await alternate(
    [
      { name: 'ours', round: ours },
      { name: 'twin', round: twin },
    ],
    world.rounds,
    (name, rate) => world.say(`  ${name} ${Math.round(rate)}/s`),
  );

  await runSchedule(await take(perSecond), perSecond, click); // warm
  const latencies = await runSchedule(await take(perSecond * seconds), perSecond, click);
  return [
    {
      what: 'against the same SQL on bare pg',
      amount: amountOf(ratiosOf(rates.ours, rates.twin), 'x'),
      target: 'approve.rate',
    },
    {
      what: 'approvals',
      amount: amountOf(spreadOf(rates.ours), '/s'),
      twin: { what: 'bare pg', amount: amountOf(spreadOf(rates.twin), '/s') },
    },
    { what: 'server CPU an approval', amount: { value: cpuMs / count, unit: 'ms' } },
    { what: `p50 at ${PER_SECOND}/s`, amount: { value: quantile(latencies, 0.5), unit: 'ms' } },
    { what: `p99 at ${PER_SECOND}/s`, amount: { value: quantile(latencies, 0.99), unit: 'ms' }, target: 'approve.p99' },
  ];
}
