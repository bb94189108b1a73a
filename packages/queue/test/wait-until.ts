import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks every 20 ms until the answer is yes. Throws with `what` where it is not within `withinMs`: a busy machine is
 * slow, not wrong.
 */
export async function waitUntil(what: string, ask: () => boolean | Promise<boolean>, withinMs = 60_000): Promise<void> {
  for (const deadline = Date.now() + withinMs; !(await ask()); await sleep(20)) {
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`);
  }
}
