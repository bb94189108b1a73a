import { isJobReport } from '@windlass/queue/jobs/job-report';
import type { SignedInContext } from './server-context.ts';

/**
 * Every open screen asks for the same counts whenever something happens: the shop's are counted once for all of them.
 */
const KEEP_MS = 10_000;

export type CountsName = 'orders' | 'artwork' | 'waiting';
const names: readonly CountsName[] = ['orders', 'artwork', 'waiting'];
const keyOf = (name: CountsName, shopId: string): string => `counts:${name}:${shopId}`;

export const cachedCounts = <Counts extends object>(
  ctx: SignedInContext,
  name: CountsName,
  count: () => Promise<Counts>,
): Promise<Counts> => ctx.services.cache.get(keyOf(name, ctx.person.shopId), { ttlMs: KEEP_MS, load: count });

/** What to forget when these events have happened. How far a running job is changes no count. */
export function staleCounts(events: readonly { shopId: string | null; type: string }[]): string[] {
  const telling = events.filter(({ type }) => !isJobReport(type));
  const shops = new Set(telling.map(({ shopId }) => shopId).filter((id) => id !== null));
  return [...shops].flatMap((shopId) => names.map((name) => keyOf(name, shopId)));
}
