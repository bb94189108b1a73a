import type { Cache } from '@windlass/cache/open-cache';
import { staleCounts } from '@windlass/capabilities/kit/cached-counts';
import type { RecordedEvent } from '@windlass/live/read-events';
import { plugList } from './plugs.ts';

/** What the event record says has happened, as far as this process keeps copies of it. */
export const invalidate =
  (cache: Cache) =>
  (events: readonly RecordedEvent[]): void => {
    cache.drop(staleCounts(events));
    for (const plug of plugList) plug.invalidate?.(cache, events);
  };
