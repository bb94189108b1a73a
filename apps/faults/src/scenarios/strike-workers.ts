import type { Nemesis } from '../nemesis.ts';
import type { PlacedOrder } from '../stack/make-shop.ts';
import type { Stack } from '../stack/start-stack.ts';

export type WorkerStrikes = {
  stack: Stack;
  nemesis: Nemesis;
  how: 'kill -9 of a worker' | 'SIGTERM to a worker';
  strikes: number;
  orders: readonly PlacedOrder[];
  click(orders: readonly PlacedOrder[]): Promise<void>;
};

/**
 * A portion of clicks for each strike, and the strike at a random moment of it: there is always mail under way when it
 * comes.
 */
export async function strikeWorkers({ stack, nemesis, how, strikes, orders, click }: WorkerStrikes): Promise<void> {
  const restarts = new Map<string, Promise<void>>();
  const portion = Math.ceil(orders.length / strikes);
  for (let i = 0; i < strikes; i += 1) {
    const clicked = click(orders.slice(i * portion, (i + 1) * portion));
    await nemesis.pause(100, 700);
    const victim = nemesis.pick(stack.workers);
    await restarts.get(victim.name); // struck a moment ago, it may be starting still
    await nemesis.strike(how, victim.name, how.startsWith('kill') ? victim.kill : victim.stop);
    restarts.set(victim.name, victim.start());
    await clicked;
  }
  await Promise.all(restarts.values());
}
