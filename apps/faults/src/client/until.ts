import { setTimeout as sleep } from 'node:timers/promises';

/** Asks until the answer is neither undefined nor false; fails after `ms` with what it waited for. */
export async function until<Found>(
  what: string,
  find: () => Promise<Found | undefined | false> | Found | undefined | false,
  ms = 15_000,
): Promise<Found> {
  for (const deadline = performance.now() + ms; ; await sleep(25)) {
    const found = await find();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > deadline) throw new Error(`waited ${ms} ms in vain: ${what}`);
  }
}
