import { setTimeout as sleep } from 'node:timers/promises';
import type { History } from './history.ts';
import type { Random } from './seeded-random.ts';

export type Nemesis = Random & {
  /** Lets the world run for a random while. */
  pause(fromMs: number, toMs: number): Promise<void>;
  /** Does harm, and has it in the history before and after. */
  strike(how: string, victim: string, harm: () => Promise<unknown>): Promise<void>;
};

/** Chooses victims and moments by a seed, and never strikes off the record. */
export function createNemesis(random: Random, history: History): Nemesis {
  return {
    ...random,
    pause: (fromMs, toMs) => sleep(random.between(fromMs, toMs)),
    async strike(how, victim, harm) {
      history.write({ what: 'struck', how, victim, phase: 'begun' });
      const begun = performance.now();
      await harm();
      history.write({ what: 'struck', how, victim, phase: 'done', ms: Math.round(performance.now() - begun) });
    },
  };
}
