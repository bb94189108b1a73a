import { approveOrders } from '../client/approve-orders.ts';
import { signIn } from '../client/sign-in.ts';
import { checkAnswers, checkApprovals } from '../checkers/check-answers.ts';
import { checkMails } from '../checkers/check-mails.ts';
import { checkMailRecovery } from '../checkers/check-recovery.ts';
import { checkStrikes } from '../checkers/check-strikes.ts';
import { type Entry, only } from '../entry.ts';
import type { Line } from '../history.ts';
import { defineScenario } from '../scenario.ts';
import { harmEngine } from '../stack/harm-engine.ts';
import { untilSettled } from '../stack/until-settled.ts';
import { writeLedger } from '../stack/write-ledger.ts';
import { none } from '../verdict.ts';

/**
 * Slow enough that work stands in the engine when it is struck, quick enough that ten at once keep up with the clicks.
 */
const REPLY_MS = 80;
const PART = 'clicks';
const FORGET = 'the engine forgets everything';
const AWAY = 'the engine goes away and comes back';
const FULL = 'the engine takes nothing';

export const engineLoss = defineScenario({
  name: 'engine-loss',
  row: 4,
  promise:
    'The queue engine may forget everything, go away or be full: approvals do not notice, nothing is lost, nothing is doubled',
  caveat:
    'On PostgreSQL, "away" and "full" are its tables locked: the engine cannot be away there without the database.',
  full: { orders: 1_600, forgets: 5, aways: 10, fullSeconds: 30 },
  small: { orders: 90, forgets: 1, aways: 1, fullSeconds: 1 },

  async run({ size, history, nemesis, startStack }) {
    const stack = await startStack({ durable: false });
    const cookie = await signIn(stack.url, stack.shop.admins[0]!);
    stack.mail.replyAfter(REPLY_MS);
    const engine = harmEngine(stack);
    const strikes = [
      ...Array.from({ length: size.forgets }, () => ({ how: FORGET, harm: engine.forget })),
      ...Array.from({ length: size.aways }, () => ({
        how: AWAY,
        harm: () => engine.away(nemesis.between(300, 1_500)),
      })),
      { how: FULL, harm: () => engine.full(size.fullSeconds * 1_000) },
    ];
    const orders = await stack.placeOrders(size.orders);
    const portion = Math.ceil(orders.length / strikes.length);
    for (const [i, { how, harm }] of strikes.entries()) {
      // One client, and no second try: what answers anything but yes is seen.
      const clicked = approveOrders(orders.slice(i * portion, (i + 1) * portion), {
        stack,
        history,
        cookie,
        part: PART,
        clients: 2,
        tries: 1,
      });
      await nemesis.pause(200, 800);
      await nemesis.strike(how, stack.engine, harm);
      await clicked;
      await nemesis.pause(0, 2_000);
    }
    await untilSettled(stack, history);
    await writeLedger(stack, history);
  },

  check: (entries, { forgets, aways }) => [
    ...checkStrikes(entries, { [FORGET]: forgets, [AWAY]: aways, [FULL]: 1 }),
    none('approvals not answered with yes at once', refusals(entries)),
    ...checkAnswers(entries, PART),
    ...checkApprovals(entries, PART),
    ...checkMails(entries, { part: PART, mostCopies: 0 }),
    checkMailRecovery(entries as Line[], 10),
  ],
});

const refusals = (entries: readonly Entry[]): string[] =>
  only(entries, 'asked')
    .filter(({ status }) => status !== 200)
    .map(({ key, status }) => `${key} ${status}`);
