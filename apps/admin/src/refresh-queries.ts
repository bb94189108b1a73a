import type { QueryClient } from '@tanstack/react-query';
import type { LiveEvent } from '@windlass/live/event';
import { plugList } from './plugs.ts';

const GATHER_MS = 120;

/**
 * Puts live events into what was fetched, or fetches anew what they made stale: each capability says which. A burst
 * costs one fetch. Answers what to call with each event.
 */
export function createRefresher(queryClient: QueryClient): (event: LiveEvent) => void {
  const stale = new Map<string, readonly string[]>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const refresh = () => {
    timer = undefined;
    const paths = [...stale.values()];
    stale.clear();
    for (const path of paths) void queryClient.invalidateQueries({ queryKey: [path] });
  };
  return (event) => {
    for (const plug of plugList) {
      plug.patch?.(event, queryClient);
      for (const path of plug.invalidates(event)) stale.set(path.join('.'), path);
      // At once, not gathered: a list that comes on screen meanwhile has not heard the event.
      for (const path of plug.outdates?.(event) ?? [])
        void queryClient.invalidateQueries({ queryKey: [path], refetchType: 'none' });
    }
    if (stale.size > 0) timer ??= setTimeout(refresh, GATHER_MS);
  };
}
