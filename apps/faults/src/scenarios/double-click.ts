import { setTimeout as sleep } from 'node:timers/promises';
import { askDecision } from '../client/ask-decision.ts';
import { signIn } from '../client/sign-in.ts';
import { checkRaces } from '../checkers/check-races.ts';
import { checkStrikes } from '../checkers/check-strikes.ts';
import { only } from '../entry.ts';
import { defineScenario } from '../scenario.ts';
import { untilSettled } from '../stack/until-settled.ts';
import { writeLedger } from '../stack/write-ledger.ts';
import { exactly } from '../verdict.ts';

export const doubleClick = defineScenario({
  name: 'double-click',
  row: 11,
  promise: 'However many click at once: one decision, one mail, and everybody is told the same',
  caveat: 'A crowd beyond the connections of one server is asked to try again (503); each click here does.',
  full: { crowds: 20, crowd: 200, races: 500, racers: 6 },
  small: { crowds: 1, crowd: 200, races: 25, racers: 6 },

  async run({ size, history, nemesis, startStack }) {
    const stack = await startStack({ durable: false });
    const people = await Promise.all(
      stack.shop.admins.map(async (admin) => ({ person: admin.email, cookie: await signIn(stack.url, admin) })),
    );
    const asker = { urls: [stack.url], history, tries: 20 };
    const click = (order: string, i: number, verb: 'approve' | 'reject') =>
      askDecision(asker, { verb, order, part: 'rounds', ...people[i % people.length]!, key: `${order}-${i}` });

    // One order, two people, two hundred clicks in the same instant.
    for (const order of await stack.placeOrders(size.crowds)) {
      await Promise.all(Array.from({ length: size.crowd }, (_, i) => click(order.id, i, 'approve')));
    }
    // Approve against reject, a few milliseconds apart.
    for (const order of await stack.placeOrders(size.races)) {
      const racers = Array.from({ length: size.racers }, () => ({
        wait: nemesis.between(0, 8),
        verb: nemesis.pick(['approve', 'reject'] as const),
      }));
      await Promise.all(
        racers.map(async ({ wait, verb }, i) => {
          await sleep(wait);
          await click(order.id, i, verb);
        }),
      );
    }
    await untilSettled(stack, history);
    await writeLedger(stack, history);
  },

  check: (entries, { crowds, races }) => [
    ...checkStrikes(entries, {}),
    exactly('rounds', new Set(only(entries, 'asked').map(({ order }) => order)).size, crowds + races),
    ...checkRaces(entries),
  ],
});
