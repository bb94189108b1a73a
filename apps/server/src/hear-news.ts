import type { Cache } from '@windlass/cache/open-cache';
import { hearPictures } from '@windlass/capabilities/artwork/picture-exists';
import { staleCounts } from '@windlass/capabilities/kit/cached-counts';
import type { RecordedEvent } from '@windlass/live/read-events';

/** What the event record says has happened, as far as this process keeps copies of it. */
export const hearNews =
  (cache: Cache) =>
  (events: readonly RecordedEvent[]): void => {
    cache.drop(staleCounts(events));
    hearPictures(cache, events);
  };
