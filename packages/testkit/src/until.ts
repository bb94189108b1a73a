import { setTimeout as wait } from 'node:timers/promises';

const STEP_MS = 20;

/**
 * Asks until the answer is neither undefined nor false, and returns it; fails after `ms` with what it waited for: long,
 * since a busy machine is slow, not wrong.
 */
export async function until<Found>(
  what: string,
  find: () => Promise<Found | undefined | false> | Found | undefined | false,
  ms = 90_000,
): Promise<Found> {
  const deadline = performance.now() + ms;
  for (;;) {
    const found = await find();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > deadline) throw new Error(`waited ${ms} ms in vain: ${what}`);
    await wait(STEP_MS);
  }
}
