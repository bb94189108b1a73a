import { until } from '@windlass/testkit/until';
import { approveOrders } from '../client/approve-orders.ts';
import { openListener } from '../client/open-listener.ts';
import { signIn } from '../client/sign-in.ts';
import { checkAnswers, checkApprovals } from '../checkers/check-answers.ts';
import { checkMails } from '../checkers/check-mails.ts';
import { checkStrikes } from '../checkers/check-strikes.ts';
import { figureOf, only } from '../entry.ts';
import { defineScenario } from '../scenario.ts';
import { untilSettled } from '../stack/until-settled.ts';
import { writeLedger } from '../stack/write-ledger.ts';
import { atMost, none, timed } from '../verdict.ts';

const REPLY_MS = 40;
const PART = 'clicks';
const LOST = `select count(*)::int as n from job_attempt where outcome = 'lost'`;

export const shutdown = defineScenario({
  name: 'shutdown',
  row: 16,
  promise:
    'Programs are replaced one after the other under load: nobody who tries once more is refused, no job is left behind',
  caveat: 'Two servers and two workers; the client tries its second time at the other server, as a balancer does.',
  full: { orders: 2_000, restarts: 20, listeners: 10 },
  small: { orders: 120, restarts: 4, listeners: 4 },

  async run({ size, history, nemesis, startStack }) {
    const stack = await startStack({ servers: 2, workers: 2, durable: false });
    const cookie = await signIn(stack.url, stack.shop.admins[0]!);
    stack.mail.replyAfter(REPLY_MS);
    // Streams are what a stop has to end: by themselves they never would.
    const listeners = Array.from({ length: size.listeners }, (_, i) =>
      openListener({ name: `listener-${i}`, url: stack.servers[i % 2]!.url, cookie, topics: 'deliveries', history }),
    );
    await until('everybody listens', () => listeners.every((listener) => listener.greeted()));
    const orders = await stack.placeOrders(size.orders);
    const portion = Math.ceil(orders.length / size.restarts);
    for (let i = 0; i < size.restarts; i += 1) {
      const clicked = approveOrders(orders.slice(i * portion, (i + 1) * portion), {
        stack,
        history,
        cookie,
        part: PART,
        clients: 6,
        tries: 2,
      });
      await nemesis.pause(50, 400);
      const victim = (i % 2 === 0 ? stack.servers : stack.workers)[(i >> 1) % 2]!;
      await nemesis.strike('replaced', victim.name, async () => {
        await victim.stop();
        await victim.start();
      });
      await clicked;
    }
    await untilSettled(stack, history);
    await Promise.all(listeners.map((listener) => listener.close()));
    const lost = await stack.database.sql.row<{ n: number }>('faults-lost', LOST);
    history.write({ what: 'measured', name: 'jobs left behind', value: lost!.n });
    await writeLedger(stack, history);
  },

  check: (entries, { restarts }) => {
    const ended = only(entries, 'ended');
    return [
      ...checkStrikes(entries, { replaced: restarts }),
      none(
        'programs that did not end by themselves with 0',
        ended.filter(({ code }) => code !== 0).map(({ program, code }) => `${program} ${code}`),
      ),
      timed(atMost('longest end, s', Math.max(0, ...ended.map(({ ms }) => ms)) / 1_000, 25)),
      ...checkAnswers(entries, PART),
      ...checkApprovals(entries, PART),
      ...checkMails(entries, { part: PART, mostCopies: 0 }),
      atMost('jobs left behind', figureOf(entries, 'jobs left behind'), 0),
    ];
  },
});
