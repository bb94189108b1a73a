import { Batcher } from '@windlass/queue/statements/batcher';
import type { Composed, Composer } from './compose-message.ts';

/** Writes one message, together with those of its kind that are asked for at the same moment. */
export type GatheredComposer = (delivery: { id: string; orderId: string | null }) => Promise<Composed>;

/** Their facts are read by one statement, so a batch is no larger than what an answer may well be. */
const MOST = 100;

export function gatherComposers(composers: Readonly<Record<string, Composer>>): Record<string, GatheredComposer> {
  const gathered = (compose: Composer): GatheredComposer => {
    const batcher = new Batcher(compose, MOST);
    return (delivery) => batcher.add(delivery);
  };
  return Object.fromEntries(Object.entries(composers).map(([kind, compose]) => [kind, gathered(compose)]));
}
