import { until } from '@windlass/testkit/until';
import { approveOrders } from '../client/approve-orders.ts';
import { openListener } from '../client/open-listener.ts';
import { readMetric } from '../client/read-metric.ts';
import { signIn } from '../client/sign-in.ts';
import { checkLive, checkResume } from '../checkers/check-live.ts';
import { checkStrikes } from '../checkers/check-strikes.ts';
import { figureOf, only } from '../entry.ts';
import type { History, Line } from '../history.ts';
import { defineScenario, type Run } from '../scenario.ts';
import type { Stack } from '../stack/start-stack.ts';
import { untilSettled } from '../stack/until-settled.ts';
import { atLeast, atMost, exactly, timed } from '../verdict.ts';
import { recordBulk } from '../stack/record-bulk.ts';

const TOPICS = 'approvals,deliveries';
const SLOW = 'wl_sse_dropped_total{reason="slow"}';
/** What has not come by then is taken for lost. */
const HEARD_WITHIN_MS = 15_000;
type Size = {
  listeners: number;
  orders: number;
  restarts: number;
  bulkMegabytes: number;
  revoke: boolean;
  calmMs: number;
};

const EVENTS = `select seq::int, subject from event
  where seq > $1 and topic in ('approvals', 'deliveries') order by seq`;

export const liveRestart = defineScenario<Size>({
  name: 'live-restart',
  row: 8,
  promise:
    'Whoever watches misses nothing, hears nothing twice and nothing out of order, however often the server is replaced',
  caveat:
    'Resuming is counted from the moment the new server is ready. The session check runs in the full size alone: it takes up to 20 s.',
  full: { listeners: 200, orders: 420, restarts: 20, bulkMegabytes: 16, revoke: true, calmMs: 3_000 },
  small: { listeners: 30, orders: 40, restarts: 2, bulkMegabytes: 12, revoke: false, calmMs: 500 },

  async run(run) {
    const { size, history, nemesis, startStack } = run;
    const stack = await startStack({ durable: false });
    const cookie = await signIn(stack.url, stack.shop.admins[0]!);
    const orders = await stack.placeOrders(size.orders);
    const { last } = (await stack.database.sql.row<{ last: number }>(
      'faults-last',
      'select coalesce(max(seq), 0)::int as last from event',
    ))!;
    const listen = (name: string) => openListener({ name, url: stack.url, cookie, topics: TOPICS, history });
    const listeners = Array.from({ length: size.listeners }, (_, i) => listen(`listener-${i}`));
    await until('everybody listens', () => listeners.every((listener) => listener.greeted()));

    const portion = Math.ceil(orders.length / size.restarts);
    for (let i = 0; i < size.restarts; i += 1) {
      const clicked = approveOrders(orders.slice(i * portion, (i + 1) * portion), {
        stack,
        history,
        cookie,
        part: 'clicks',
        clients: 4,
      });
      await nemesis.pause(50, 400);
      const kill = nemesis.next() < 0.5;
      await nemesis.strike('the server replaced', stack.server.name, async () => {
        await (kill ? stack.server.kill() : stack.server.stop());
        await stack.server.start();
      });
      await clicked;
      // A restart that comes before the readers are back measures the restarts, not the readers.
      await nemesis.pause(size.calmMs, size.calmMs + 1_000);
    }
    await untilSettled(stack, history);
    const events = await stack.database.sql.rows<{ seq: number; subject: string }>('faults-events', EVENTS, [last]);
    history.write({ what: 'recorded', events });
    const allHeard = () => listeners.every((listener) => listener.heard() >= events.length);
    await until('everybody has heard as much as there is', allHeard, HEARD_WITHIN_MS).catch(() => undefined); // the checker says who has not
    await Promise.all(listeners.map((listener) => listener.close()));
    await watchStalledReader(stack, { ...run, cookie });
    if (size.revoke) await watchRevokedSession(stack, history);
  },

  check: (entries, { listeners, restarts, revoke }) => {
    const figure = (name: string) => figureOf(entries, name);
    const known = entries.filter((line) => line.what !== 'listened' || line.listener.startsWith('listener-'));
    return [
      ...checkStrikes(entries, { 'the server replaced': restarts }),
      atLeast('events', only(entries, 'recorded').flatMap(({ events }) => events).length, listeners),
      exactly('listeners', new Set(only(known, 'listened').map(({ listener }) => listener)).size, listeners),
      ...checkLive(known),
      checkResume(known as Line[], 3),
      exactly('stalled readers dropped', figure('stalled readers dropped'), 1),
      exactly('readers beside it dropped', figure('readers beside it dropped'), 0),
      ...(revoke ? [timed(atMost('stream of a revoked session closed, s', figure('revoked'), 30))] : []),
    ];
  },
});

/** One reader stops reading while much happens, one goes on: the first is dropped, the second hears it all. */
async function watchStalledReader(
  stack: Stack,
  { size, history, cookie }: Run<Size> & { cookie: string },
): Promise<void> {
  const open = (name: string) => openListener({ name, url: stack.url, cookie, topics: 'orders', history });
  const [stalled, steady] = [open('stalled'), open('steady')];
  await until('both listen', () => stalled.greeted() && steady.greeted());
  stalled.stall();
  const written = await recordBulk(stack, size.bulkMegabytes);
  await until('the steady reader has heard it all', () => steady.heard() >= written, 20_000);
  const dropped = await until(
    'a reader is dropped',
    async () => (await readMetric(stack.url, SLOW)) || undefined,
    HEARD_WITHIN_MS,
  ).catch(() => 0);
  history.write({ what: 'measured', name: 'stalled readers dropped', value: Math.min(dropped, 1) });
  history.write({ what: 'measured', name: 'readers beside it dropped', value: Math.max(0, dropped - 1) });
  await Promise.all([stalled.close(), steady.close()]);
}

async function watchRevokedSession(stack: Stack, history: History): Promise<void> {
  const cookie = await signIn(stack.url, stack.shop.admins[1]!);
  const listener = openListener({ name: 'revoked', url: stack.url, cookie, topics: TOPICS, history });
  await until('it listens', () => listener.greeted());
  await fetch(`${stack.url}/api/sign-out`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: '{}',
  });
  const signedOut = performance.now();
  const ended = await until('its stream ends', () => listener.ended() || undefined, 60_000).catch(() => false);
  history.write({
    what: 'measured',
    name: 'revoked',
    value: ended ? (performance.now() - signedOut) / 1_000 : Number.MAX_SAFE_INTEGER,
  });
  await listener.close();
}
