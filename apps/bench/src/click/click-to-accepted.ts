import { amountOf, type Benchmark, type Figure } from '../benchmark.ts';
import { alternate } from '../measure/alternate.ts';
import { nowMs } from '../measure/clock.ts';
import { quantile } from '../measure/quantile.ts';
import { runClients } from '../measure/run-clients.ts';
import { ratiosOf, spreadOf } from '../measure/spread.ts';
import { createOrderSupply } from '../world/insert-waiting-orders.ts';
import { makeShop, signIn } from '../world/make-shop.ts';
import { openTestDatabase } from '../world/open-test-database.ts';
import { openPool } from '../world/open-pool.ts';
import { mutationRequest } from '../world/requests.ts';
import { startServer } from '../world/start-server.ts';
import { startWorker } from '../world/start-worker.ts';
import type { World } from '../world/world.ts';
import { releaseDeliveries, untilSettled } from './release-deliveries.ts';
import { composeMails, openBareSender } from './send-bare.ts';
import { startSink } from './start-sink.ts';

/** Longer than any round: only the bench ends the undo window. */
const HELD_SECONDS = 600;

export const clickToAccepted: Benchmark = {
  name: 'click-to-accepted',
  what:
    'One order at a time, undo switched off: from the HTTP click to the mail server’s 250, through server, worker and engine. ' +
    'Then many approved orders whose ' +
    'undo window ends at the same moment: mails a second from that moment to the last 250. Their twin is bare nodemailer: the same ' +
    'messages, ready composed, ' +
    'over as many pooled connections. The mail server is a process that answers 1 ms after the dot.',
  async run(world) {
    const figures = await runOn(world, 'postgres');
    if (world.redisUrl === undefined) return figures;
    return [...figures, ...(await runOn(world, 'redis'))];
  },
};

async function runOn(world: World, engine: 'postgres' | 'redis'): Promise<Figure[]> {
  const singles = world.small ? 5 : 300;
  const many = world.small ? 20 : 1_000;
  const databaseUrl = await world.createDatabase();
  const eyes = openTestDatabase(world, databaseUrl);
  const shop = await makeShop(eyes, 'operator');
  const take = createOrderSupply(eyes);
  const sink = await startSink(world);
  const atOnce = await startServer(world, { databaseUrl, undoSeconds: 0 });
  const held = await startServer(world, { databaseUrl, undoSeconds: HELD_SECONDS });
  const engineUrl = engine === 'redis' ? await world.claimRedis() : databaseUrl;
  const worker = await startWorker(world, { databaseUrl, engineUrl, smtpUrl: sink.url, publicUrl: atOnce.url });
  const sendBare = openBareSender(world, sink.port);
  const clicker = async (server: typeof held) => {
    const cookie = await signIn(server, shop);
    const http = await openPool(world, server.port, 16);
    return async (orderId: string) => {
      const { status, body } = await http.send(mutationRequest('/api/trpc/approvals.approve', cookie, { orderId }));
      if (status !== 200) throw new Error(`an approval answered ${status}: ${body}`);
    };
  };

  const click = await clicker(atOnce);
  const one = async ({ id, email }: { id: string; email: string }) => {
    const accepted = sink.nextTo(email);
    const clicked = nowMs();
    await click(id);
    const ms = (await accepted) - clicked;
    await untilSettled(eyes);
    return ms;
  };
  for (const order of await take(world.small ? 2 : 100)) await one(order); // warm
  const latencies: number[] = [];
  for (const order of await take(singles)) latencies.push(await one(order));

  const approve = await clicker(held);
  let cpuMs = 0;
  let mails: Awaited<ReturnType<typeof composeMails>> = [];
  const ours = async () => {
    const orders = (await take(many)).map(({ id }) => id);
    await runClients(orders, 16, approve);
    const last = sink.next(many);
    const before = await worker.usage();
    const released = await releaseDeliveries(eyes);
    const seconds = ((await last) - released) / 1000;
    await untilSettled(eyes);
    cpuMs = (await worker.usage()).cpuMs - before.cpuMs;
    mails = await composeMails(eyes, orders, atOnce.url);
    return many / seconds;
  };
  const twin = async () => {
    const last = sink.next(many);
    const begun = nowMs();
    await Promise.all(mails.map(sendBare));
    return many / (((await last) - begun) / 1000);
  };
  await ours(); // warm
  await twin();
  const rates = await alternate(
    [
      { name: 'ours', round: ours },
      { name: 'twin', round: twin },
    ],
    world.rounds,
    (name, rate) => world.say(`  ${engine} ${name} ${Math.round(rate)}/s`),
  );
  await worker.stop();
  return [
    { what: `${engine}: p50`, amount: { value: quantile(latencies, 0.5), unit: 'ms' }, target: 'click.p50' },
    { what: `${engine}: p99`, amount: { value: quantile(latencies, 0.99), unit: 'ms' }, target: 'click.p99' },
    {
      what: `${engine}: against bare nodemailer`,
      amount: amountOf(ratiosOf(rates.ours, rates.twin), 'x'),
      target: 'click.rate',
    },
    {
      what: `${engine}: mails`,
      amount: amountOf(spreadOf(rates.ours), '/s'),
      twin: { what: 'bare nodemailer', amount: amountOf(spreadOf(rates.twin), '/s') },
    },
    { what: `${engine}: worker CPU a mail`, amount: { value: cpuMs / many, unit: 'ms' } },
  ];
}
