import { approveOrders } from '../client/approve-orders.ts';
import { signIn } from '../client/sign-in.ts';
import { checkAnswers, checkApprovals } from '../checkers/check-answers.ts';
import { checkMails } from '../checkers/check-mails.ts';
import { checkStrikes } from '../checkers/check-strikes.ts';
import { only } from '../entry.ts';
import { defineScenario } from '../scenario.ts';
import { untilSettled } from '../stack/until-settled.ts';
import { writeLedger } from '../stack/write-ledger.ts';
import { told } from '../verdict.ts';

const PART = 'clicks';

export const serverKill = defineScenario({
  name: 'server-kill',
  row: 3,
  promise: 'A click that is sent again under its Idempotency-Key is one click, however often the server dies under it',
  caveat:
    'The answer may come after tries; a client that sends no key is told "approved already" instead of its first answer.',
  full: { orders: 3_000, kills: 30 },
  small: { orders: 150, kills: 3 },

  async run({ size, history, nemesis, startStack }) {
    const stack = await startStack({ durable: false });
    const cookie = await signIn(stack.url, stack.shop.admins[0]!);
    const orders = await stack.placeOrders(size.orders);
    const portion = Math.ceil(orders.length / size.kills);
    for (let i = 0; i < size.kills; i += 1) {
      const clicked = approveOrders(orders.slice(i * portion, (i + 1) * portion), {
        stack,
        history,
        cookie,
        part: PART,
        clients: 8,
      });
      await nemesis.pause(20, 300);
      await nemesis.strike('kill -9 of the server', stack.server.name, stack.server.kill);
      await stack.server.start();
      await clicked;
    }
    await untilSettled(stack, history);
    await writeLedger(stack, history);
  },

  check: (entries, { kills }) => [
    ...checkStrikes(entries, { 'kill -9 of the server': kills }),
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
    ...checkMails(entries, { part: PART, mostCopies: 0 }),
  ],
});
