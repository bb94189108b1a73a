import { MAIL_CONNECTIONS } from '@windlass/capabilities/deliveries/contract';
import { approveOrders } from '../client/approve-orders.ts';
import { signIn } from '../client/sign-in.ts';
import { checkAnswers, checkApprovals } from '../checkers/check-answers.ts';
import { checkMails } from '../checkers/check-mails.ts';
import { checkStrikes } from '../checkers/check-strikes.ts';
import { defineScenario } from '../scenario.ts';
import { untilSettled } from '../stack/until-settled.ts';
import { writeLedger } from '../stack/write-ledger.ts';
import { strikeWorkers } from './strike-workers.ts';

/** Time between the dot and the 250: what was handed over and not yet answered is what a kill leaves in doubt. */
const REPLY_MS = 40;

export const workerKill = defineScenario({
  name: 'worker-kill',
  row: 1,
  promise: 'No approved order without its mail; second copies are bounded, alike, and told by the ledger',
  caveat:
    'SMTP cannot be exactly-once (RFC 1047). The same Message-ID lets many mail systems hide the copy; none has to.',
  full: { orders: 2_000, kills: 50, ordersStopped: 400, stops: 10 },
  small: { orders: 60, kills: 3, ordersStopped: 20, stops: 1 },

  async run({ size, history, nemesis, startStack }) {
    const stack = await startStack({ workers: 2, durable: false });
    const cookie = await signIn(stack.url, stack.shop.admins[0]!);
    stack.mail.replyAfter(REPLY_MS);

    for (const [part, count, how, strikes] of [
      ['killed', size.orders, 'kill -9 of a worker', size.kills],
      ['stopped', size.ordersStopped, 'SIGTERM to a worker', size.stops],
    ] as const) {
      const orders = await stack.placeOrders(count);
      const click = (some: typeof orders) => approveOrders(some, { stack, history, cookie, part, clients: 8 });
      await strikeWorkers({ stack, nemesis, how, strikes, orders, click });
      await untilSettled(stack, history);
    }
    await writeLedger(stack, history);
  },

  check: (entries, { kills, stops }) => [
    ...checkStrikes(entries, { 'kill -9 of a worker': kills, 'SIGTERM to a worker': stops }),
    ...checkAnswers(entries, 'killed'),
    ...checkApprovals(entries, 'killed'),
    ...checkMails(entries, { part: 'killed', mostCopies: kills * MAIL_CONNECTIONS }),
    ...checkMails(entries, { part: 'stopped', mostCopies: 0 }).map((verdict) => ({
      ...verdict,
      promise: `SIGTERM: ${verdict.promise}`,
    })),
  ],
});
