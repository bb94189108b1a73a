import { findFreePort } from '@windlass/db/embedded/find-free-port';
import { amountOf, type Benchmark, type Figure } from '../benchmark.ts';
import { alternate } from '../measure/alternate.ts';
import { ratiosOf, spreadOf } from '../measure/spread.ts';
import { fillShop } from '../order-list/fill-shop.ts';
import { makeShop, signIn } from '../world/make-shop.ts';
import { openConnection } from '../world/open-connection.ts';
import { openTestDatabase } from '../world/open-test-database.ts';
import type { Usage } from '../world/read-usage.ts';
import { queryRequest, trpcQuery } from '../world/requests.ts';
import { startProcess } from '../world/start-process.ts';
import { startServer } from '../world/start-server.ts';
import type { World } from '../world/world.ts';

export const dispatch: Benchmark = {
  name: 'dispatch',
  what:
    'What the way through the server costs: the CPU of a request to orders.list with one row and with 50, against a bare Hono ' +
    'route in a process of its own that looks up the same ' +
    'session, calls the same operation and answers JSON, without procedures, schemas, log and metrics. One request at a time.',
  run,
};

async function run(world: World): Promise<Figure[]> {
  const requests = world.small ? 20 : 2_000;
  const databaseUrl = await world.createDatabase();
  const eyes = openTestDatabase(world, databaseUrl);
  const shop = await makeShop(eyes, 'viewer');
  await fillShop(databaseUrl, { orders: 1_000, seed: world.seed, withHistory: 0 });
  const server = await startServer(world, { databaseUrl });
  const cookie = await signIn(server, shop);
  const rawPort = await findFreePort();
  const raw = await startProcess(world, {
    program: 'apps/bench/src/dispatch/raw-server.ts',
    args: [String(rawPort), databaseUrl, server.url],
  });
  const rawUsage = () => raw.ask<Usage>({ kind: 'usage' }, 'usage');

  const figures: Figure[] = [];
  for (const [limit, target, what] of [
    [1, 'dispatch.small', 'a small answer'],
    [50, 'dispatch.rows', '50 rows'],
  ] as const) {
    const ours = arm(server.port, queryRequest(trpcQuery('orders.list', { tab: 'all', limit }), cookie), {
      usage: server.usage,
      requests,
    });
    const twin = arm(rawPort, queryRequest(`/list?limit=${limit}`, cookie), { usage: rawUsage, requests });
    await ours(); // warm
    await twin();
    const cpu = await alternate(
      [
        { name: 'ours', round: ours },
        { name: 'twin', round: twin },
      ],
      world.rounds,
    );
    figures.push(
      {
        what: `CPU against raw Hono, ${what}`,
        amount: amountOf(ratiosOf(cpu.ours, cpu.twin), 'x'),
        target,
      },
      {
        what: `CPU a request, ${what}`,
        amount: amountOf(spreadOf(cpu.ours), 'µs'),
        twin: { what: 'raw Hono', amount: amountOf(spreadOf(cpu.twin), 'µs') },
      },
    );
  }
  await raw.stop();
  await server.stop();
  return figures;
}

/** A round: the same request so many times over one connection. Answers the server's CPU for one, in µs. */
function arm(
  port: number,
  request: string,
  { usage, requests }: { usage: () => Promise<Usage>; requests: number },
): () => Promise<number> {
  return async () => {
    const connection = await openConnection(port);
    const before = await usage();
    for (let i = 0; i < requests; i += 1) {
      const { status, body } = await connection.send(request);
      if (status !== 200) throw new Error(`answered ${status}: ${body}`);
    }
    const after = await usage();
    connection.close();
    return ((after.cpuMs - before.cpuMs) * 1000) / requests;
  };
}
