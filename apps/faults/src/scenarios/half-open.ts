import { MAIL_CONNECTIONS } from '@windlass/capabilities/deliveries/contract';
import { approveOrders } from '../client/approve-orders.ts';
import { signIn } from '../client/sign-in.ts';
import { checkAnswers, checkApprovals } from '../checkers/check-answers.ts';
import { checkMails } from '../checkers/check-mails.ts';
import { checkAnswerRecovery, checkWorkRecovery } from '../checkers/check-recovery.ts';
import { checkStrikes } from '../checkers/check-strikes.ts';
import { type Entry, figureOf, only } from '../entry.ts';
import type { Line } from '../history.ts';
import { defineScenario } from '../scenario.ts';
import { untilSettled } from '../stack/until-settled.ts';
import { writeLedger } from '../stack/write-ledger.ts';
import { atMost, timed } from '../verdict.ts';

const REPLY_MS = 20;
const PART = 'clicks';
/** Of each portion so many clicks come when the strike is over. */
const AFTERWARDS = 4;
/**
 * 2 s for a connection and 6 s for a statement that is not answered: what a request waits for at most (packages/db).
 */
const REQUEST_LIMIT_S = 8;
/** server 12 + 1 for wakes, worker 8 + 1, the engine's own where it is on the same PostgreSQL. */
const MOST_CONNECTIONS = 22 + 12;

const CONNECTIONS = `select count(*)::int as n from pg_stat_activity
  where datname = current_database() and application_name in ('windlass server', 'windlass worker', 'windlass wake', 'windlass engine')`;

export const halfOpen = defineScenario({
  name: 'half-open',
  row: 14,
  promise: 'A network that falls silent holds nobody longer than its limit, and leaves no connection behind',
  caveat:
    'Database, Redis and mail server. A mail server that falls silent after the dot is waited for 120 s, as RFC 5321 asks.',
  full: { orders: 900, holdSeconds: 20, rounds: 1, forgotten: ['database', 'redis'] },
  small: { orders: 40, holdSeconds: 1, rounds: 1, forgotten: ['redis'] },

  async run({ size, history, nemesis, startStack }) {
    const stack = await startStack({ network: true, durable: false });
    const cookie = await signIn(stack.url, stack.shop.admins[0]!);
    stack.mail.replyAfter(REPLY_MS);
    const lines = Object.entries(stack.network!.lines);
    const strikes = Array.from({ length: size.rounds }, () => lines)
      .flat()
      .flatMap(([name, line]) => [
        {
          how: 'silent for a while',
          name,
          harm: async () => {
            line.hold();
            await nemesis.pause(size.holdSeconds * 1_000, size.holdSeconds * 1_000);
            line.release();
          },
        },
        // Never the mail server's: its silence after the dot is waited out for two minutes, and one kind of it is
        // enough.
        ...(size.forgotten.includes(name)
          ? [{ how: 'connections forgotten', name, harm: async () => line.orphan() }]
          : []),
      ]);
    const orders = await stack.placeOrders(size.orders);
    const portion = Math.ceil(orders.length / strikes.length);
    for (const [i, { how, name, harm }] of strikes.entries()) {
      const mine = orders.slice(i * portion, (i + 1) * portion);
      const click = (some: typeof orders) => approveOrders(some, { stack, history, cookie, part: PART, clients: 4 });
      const clicked = click(mine.slice(AFTERWARDS));
      await nemesis.pause(20, 100);
      await nemesis.strike(how, name, harm);
      await Promise.all([clicked, click(mine.slice(0, AFTERWARDS))]);
    }
    await untilSettled(stack, history);
    const open = await stack.database.sql.row<{ n: number }>('faults-connections', CONNECTIONS);
    history.write({ what: 'measured', name: 'connections', value: open!.n });
    await writeLedger(stack, history);
  },

  check: (entries, { rounds }) => [
    ...checkStrikes(entries, {
      'silent for a while': new Set(only(entries, 'struck').map(({ victim }) => victim)).size * rounds,
    }),
    timed(atMost('longest wait of a request for its answer, s', longestAnswer(entries) / 1_000, REQUEST_LIMIT_S + 1)),
    ...checkAnswers(entries, PART),
    ...checkApprovals(entries, PART),
    ...checkMails(entries, { part: PART, mostCopies: 2 * rounds * MAIL_CONNECTIONS }),
    checkAnswerRecovery(entries as Line[], REQUEST_LIMIT_S + 1),
    checkWorkRecovery(entries as Line[], 20),
    atMost('connections to the database afterwards', figureOf(entries, 'connections'), MOST_CONNECTIONS),
  ],
});

const longestAnswer = (entries: readonly Entry[]): number => Math.max(...only(entries, 'asked').map(({ ms }) => ms));
