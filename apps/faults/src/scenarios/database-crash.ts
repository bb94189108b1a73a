import { MAIL_CONNECTIONS } from '@windlass/capabilities/deliveries/contract';
import { approveOrders } from '../client/approve-orders.ts';
import { signIn } from '../client/sign-in.ts';
import { checkAnswers, checkApprovals } from '../checkers/check-answers.ts';
import { checkMails } from '../checkers/check-mails.ts';
import { checkAnswerRecovery, checkWorkRecovery } from '../checkers/check-recovery.ts';
import { checkStrikes } from '../checkers/check-strikes.ts';
import { only } from '../entry.ts';
import type { Line } from '../history.ts';
import { defineScenario } from '../scenario.ts';
import { untilSettled } from '../stack/until-settled.ts';
import { writeLedger } from '../stack/write-ledger.ts';
import { told } from '../verdict.ts';

const REPLY_MS = 20;
const PART = 'clicks';
const CRASH = 'PostgreSQL stopped at once (immediate) and started';
const KILL = 'kill -9 of the postmaster, and started';

export const databaseCrash = defineScenario({
  name: 'database-crash',
  row: 5,
  promise: 'PostgreSQL may crash under load: nothing acknowledged is lost, no process ends, and work goes on by itself',
  caveat: 'With fsync and synchronous_commit on, as it runs by default; a disk that lies is out of reach.',
  full: { orders: 2_200, crashes: 8, kills: 3 },
  small: { orders: 80, crashes: 1, kills: 0 },

  async run({ size, history, nemesis, startStack }) {
    const stack = await startStack();
    const cookie = await signIn(stack.url, stack.shop.admins[0]!);
    stack.mail.replyAfter(REPLY_MS);
    const { postgres } = stack;
    const strikes = [
      ...Array.from({ length: size.crashes }, () => ({ how: CRASH, harm: postgres.crash })),
      ...Array.from({ length: size.kills }, () => ({ how: KILL, harm: postgres.killPostmaster })),
    ];
    const orders = await stack.placeOrders(size.orders);
    const portion = Math.ceil(orders.length / strikes.length);
    for (const [i, { how, harm }] of strikes.entries()) {
      const clicked = approveOrders(orders.slice(i * portion, (i + 1) * portion), {
        stack,
        history,
        cookie,
        part: PART,
        clients: 8,
      });
      await nemesis.pause(100, 500);
      await nemesis.strike(how, 'database', async () => {
        await harm();
        await nemesis.pause(0, 1_000);
        await postgres.restart();
      });
      await clicked;
    }
    await untilSettled(stack, history);
    await writeLedger(stack, history);
  },

  check: (entries, { crashes, kills }) => [
    ...checkStrikes(entries, { [CRASH]: crashes, ...(kills > 0 && { [KILL]: kills }) }),
    told(
      'clicks that took more than one try',
      new Set(
        only(entries, 'asked')
          .filter((line) => line.try > 1)
          .map(({ key }) => key),
      ).size,
    ),
    ...checkAnswers(entries, PART),
    ...checkApprovals(entries, PART),
    ...checkMails(entries, { part: PART, mostCopies: (crashes + kills) * MAIL_CONNECTIONS }),
    checkAnswerRecovery(entries as Line[], 3),
    checkWorkRecovery(entries as Line[], 15),
  ],
});
