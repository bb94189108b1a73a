import { setTimeout as sleep } from 'node:timers/promises';
import { nowMs } from './clock.ts';

/**
 * Starts each item at its planned time, `perSecond` a second, whether the ones before have been answered or not.
 * Latency counts from the PLANNED start: what waits because the one under test is slow counts against it. Answers ms,
 * in the order of the items.
 */
export async function runSchedule<Item>(
  items: readonly Item[],
  perSecond: number,
  work: (item: Item) => Promise<void>,
): Promise<number[]> {
  const latencies: number[] = Array.from({ length: items.length });
  const pending: Promise<void>[] = [];
  const begun = nowMs() + 5;
  for (const [i, item] of items.entries()) {
    const planned = begun + (i * 1000) / perSecond;
    const early = planned - nowMs();
    if (early > 0) await sleep(early);
    pending.push(work(item).then(() => void (latencies[i] = nowMs() - planned)));
  }
  await Promise.all(pending);
  return latencies;
}
