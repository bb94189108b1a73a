import { setTimeout as sleep } from 'node:timers/promises';
import { askDecision } from '../client/ask-decision.ts';
import { readMetric } from '../client/read-metric.ts';
import { signIn } from '../client/sign-in.ts';
import { checkOverload } from '../checkers/check-overload.ts';
import { checkStrikes } from '../checkers/check-strikes.ts';
import { only } from '../entry.ts';
import type { Line } from '../history.ts';
import { defineScenario } from '../scenario.ts';
import type { PlacedOrder } from '../stack/make-shop.ts';

const CLIENTS = 32;
const MEMORY = 'process_resident_memory_bytes';

export const overload = defineScenario({
  name: 'overload',
  row: 10,
  promise:
    'Five times as many requests as the server can answer: it goes on answering as many as before, and refuses the rest at once',
  caveat: 'The flood is made on the same machine and takes its share of it. Those let in wait up to about a second.',
  full: { orders: 15_000, aloneSeconds: 8, floodSeconds: 12, afterSeconds: 8, times: 5, mostMegabytes: 100 },
  // A process of a few seconds is still growing into its heap.
  small: { orders: 1_500, aloneSeconds: 2, floodSeconds: 3, afterSeconds: 3, times: 5, mostMegabytes: 250 },

  async run({ size, history, startStack }) {
    const stack = await startStack({ durable: false });
    const cookie = await signIn(stack.url, stack.shop.admins[0]!);
    const waiting = await stack.placeOrders(size.orders);
    await stack.workers[0]!.stop(); // its mails are not what is measured
    let asked = 0;
    const ask = async (part: string): Promise<void> => {
      const order: PlacedOrder | undefined = waiting.pop();
      if (!order) return;
      const question = {
        verb: 'approve',
        order: order.id,
        part,
        person: 'first',
        cookie,
        key: `click-${(asked += 1)}`,
      } as const;
      const { status } = await askDecision({ urls: [stack.url], history, tries: 1 }, question);
      if (status !== 200) waiting.unshift(order); // refused: somebody clicks it again later
    };
    const atOnce = async (part: string, clients: number, ms: number) => {
      const until = performance.now() + ms;
      await Promise.all(
        Array.from({ length: clients }, async () => {
          while (performance.now() < until) await ask(part);
        }),
      );
    };

    await atOnce('warm', CLIENTS, 1_000); // a cold server is slow, and five times slow is no flood
    await atOnce('alone', CLIENTS, size.aloneSeconds * 1_000);
    const alone = only(history.read(), 'asked').filter(({ part, status }) => part === 'alone' && status === 200);
    const most = alone.length / size.aloneSeconds;
    history.write({ what: 'noted', text: `${Math.round(most)} approvals a second alone` });
    const memory = await readMetric(stack.url, MEMORY);

    // By the clock, whatever the answers: people do not wait for each other.
    const flood: Promise<void>[] = [];
    const begun = performance.now();
    for (let elapsed = 0; elapsed < size.floodSeconds * 1_000; elapsed = performance.now() - begun) {
      while (flood.length < (elapsed / 1_000) * most * size.times) flood.push(ask('flood'));
      await sleep(5);
    }
    const after = atOnce('after', 2, size.afterSeconds * 1_000);
    await Promise.all(flood);
    await after;
    const grown = (await readMetric(stack.url, MEMORY)) - memory;
    history.write({ what: 'measured', name: 'memory grown, MB', value: Math.max(0, grown / 2 ** 20) });
  },

  check: (entries, { mostMegabytes }) => [
    ...checkStrikes(entries, {}),
    ...checkOverload(entries as Line[], mostMegabytes),
  ],
});
