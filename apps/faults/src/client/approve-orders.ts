import type { PlacedOrder } from '../stack/make-shop.ts';
import type { Stack } from '../stack/start-stack.ts';
import type { History } from '../history.ts';
import { askDecision } from './ask-decision.ts';

export type Clicking = {
  stack: Stack;
  history: History;
  /** the signed-in person who clicks */
  cookie: string;
  part: string;
  /** clicks at once */
  clients: number;
  /** how often a click is tried before the client gives up */
  tries?: number;
};

/** Approves every order once, a few at a time, as people would who click down a list. */
export async function approveOrders(orders: readonly PlacedOrder[], clicking: Clicking): Promise<void> {
  const { stack, history, cookie, part, clients, tries = 60 } = clicking;
  const left = orders.toReversed();
  const click = async () => {
    for (let order = left.pop(); order; order = left.pop()) {
      const question = {
        verb: 'approve',
        order: order.id,
        part,
        person: 'first',
        cookie,
        key: `click-${order.id}`,
      } as const;
      await askDecision({ urls: stack.servers.map(({ url }) => url), history, tries }, question);
    }
  };
  await Promise.all(Array.from({ length: clients }, click));
}
