import { setTimeout as sleep } from 'node:timers/promises';
import type { Honest } from '../entry.ts';
import type { History } from '../history.ts';

export type HonestPerson = {
  what: Honest['doing'];
  everyMs: number;
  /** Asks once; answers the status, undefined where none came. */
  ask(): Promise<number | undefined>;
};

/**
 * People who go on working meanwhile, each asking again after a pause, until told to stop. Every answer is on record.
 */
export function startHonestPeople(people: readonly HonestPerson[], history: History): { stop(): Promise<void> } {
  let stopped = false;
  const working = people.map(async ({ what: doing, everyMs, ask }) => {
    while (!stopped) {
      const begun = performance.now();
      const status = await ask().catch(() => undefined);
      history.write({
        what: 'honest',
        doing,
        ms: Math.round(performance.now() - begun),
        ...(status !== undefined && { status }),
      });
      await sleep(everyMs);
    }
  });
  return {
    async stop() {
      stopped = true;
      await Promise.all(working);
    },
  };
}
