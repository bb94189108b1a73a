import { execFileSync } from 'node:child_process';
import { findFreePort } from '@windlass/db/embedded/find-free-port';
import { defineEvent } from '@windlass/live/define-event';
import { recordEvents } from '@windlass/live/record-events';
import type { Benchmark, Figure } from '../benchmark.ts';
import { nowMs } from '../measure/clock.ts';
import { makeShop, SHOP_ID } from '../world/make-shop.ts';
import { openTestDatabase } from '../world/open-test-database.ts';
import type { Usage } from '../world/read-usage.ts';
import { startProcess } from '../world/start-process.ts';
import { startServer } from '../world/start-server.ts';
import type { World } from '../world/world.ts';
import { makeSessions } from './make-sessions.ts';
import { type FastFigures, type ManyFigures, measureFast, measureMany, type Streaming } from './measure-stream.ts';

const told = defineEvent<{ sentAt: number }>('orders', 'order.told');

export const live: Benchmark = {
  name: 'live',
  what:
    '5,000 readers of one server process, each with a session of its own that is checked as always, from two client processes ' +
    'with raw sockets; one event a second, timed from ' +
    'before its transaction to its bytes in the reader. Then 1,000 events a second to 200 readers, counted. The twin is one Hono ' +
    'route that writes one shared buffer to all: no sessions, no database, ' +
    'no record to resume from. The clients share the two cores with what they measure.',
  run,
};

async function run(world: World): Promise<Figure[]> {
  const wanted = world.small ? 20 : 5_000;
  const many = Math.min(wanted, openFiles() - 500);
  const few = world.small ? 5 : 200;
  const seconds = world.small ? 2 : 20;
  const fast = { seconds: world.small ? 1 : 10, perSecond: world.small ? 50 : 1_000 };
  if (many < wanted) world.say(`  only ${many} readers: the limit of open files (ulimit -n) forbids more`);

  const twinMany = await onTwin(world, many, (stream) => measureMany(world, stream, seconds));
  const oursMany = await onHouse(world, many, (stream) => measureMany(world, stream, seconds));
  const twinFast = await onTwin(world, few, (stream) => measureFast(world, stream, fast));
  const oursFast = await onHouse(world, few, (stream) => measureFast(world, stream, fast));

  const beside =
    <Figures extends ManyFigures | FastFigures>(ours: Figures, twin: Figures) =>
    (name: keyof Figures, unit: string) => ({
      amount: { value: ours[name] as number, unit },
      twin: { what: 'bare Hono', amount: { value: twin[name] as number, unit } },
    });
  const ofMany = beside(oursMany, twinMany);
  const ofFast = beside(oursFast, twinFast);
  return [
    { what: `memory a reader, ${many} readers`, ...ofMany('kbEach', 'kB'), target: 'live.memory' },
    { what: 'delivery p99, 1 event/s', ...ofMany('p99', 'ms'), target: 'live.p99' },
    { what: 'delivery p50, 1 event/s', ...ofMany('p50', 'ms') },
    { what: 'server CPU an event and reader', ...ofMany('cpuUs', 'µs') },
    { what: `lost of ${fast.perSecond} events/s to ${few} readers`, ...ofFast('lost', 'events'), target: 'live.lost' },
    { what: `events to ${few} readers`, ...ofFast('perSecond', '/s') },
    { what: `delivery p99, ${fast.perSecond} events/s`, ...ofFast('p99', 'ms') },
    { what: 'server CPU an event and reader, many events', ...ofFast('cpuUs', 'µs') },
  ];
}

const openFiles = (): number => {
  const limit = execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).trim();
  return limit === 'unlimited' ? Infinity : Number(limit);
};

async function onHouse<Figures>(
  world: World,
  count: number,
  measure: (stream: Streaming) => Promise<Figures>,
): Promise<Figures> {
  const databaseUrl = await world.createDatabase();
  const eyes = openTestDatabase(world, databaseUrl);
  const shop = await makeShop(eyes, 'viewer');
  const cookies = await makeSessions(eyes, shop, count);
  const server = await startServer(world, { databaseUrl });
  const emit = async (events: number) => {
    const sentAt = nowMs();
    await recordEvents(
      eyes.sql,
      Array.from({ length: events }, () => told({ shopId: SHOP_ID, subject: 'ord_bench', data: { sentAt } })),
    );
  };
  const figures = await measure({
    port: server.port,
    path: '/api/live?topics=orders',
    cookies,
    usage: server.usage,
    emit,
  });
  await server.stop();
  return figures;
}

async function onTwin<Figures>(
  world: World,
  count: number,
  measure: (stream: Streaming) => Promise<Figures>,
): Promise<Figures> {
  const port = await findFreePort();
  const { ask, child, stop } = await startProcess(world, {
    program: 'apps/bench/src/live/twin-process.ts',
    args: [String(port)],
  });
  const figures = await measure({
    port,
    path: '/live',
    cookies: Array.from({ length: count }, () => 'none=none'),
    usage: () => ask<Usage>({ kind: 'usage' }, 'usage'),
    emit: async (events) => void child.send({ kind: 'emit', count: events }),
  });
  await stop();
  return figures;
}
