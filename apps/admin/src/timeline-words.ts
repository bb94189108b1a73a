import { fetchPersistently } from '@windlass/capabilities/kit/lazy-part';
import type { TimelineWords } from '@windlass/capabilities/kit/timeline-words';
import { plugList } from './plugs.ts';

let loaded: Promise<readonly TimelineWords[]> | undefined;

/** All capabilities' words for their events, fetched with the first timeline; one that failed is fetched again. */
export function loadTimelineWords(): Promise<readonly TimelineWords[]> {
  loaded ??= Promise.all(plugList.flatMap(({ timeline }) => (timeline ? fetchPersistently(timeline) : []))).catch(
    (error: unknown) => {
      loaded = undefined;
      throw error;
    },
  );
  return loaded;
}
