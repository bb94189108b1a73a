import { useQueryClient } from '@tanstack/react-query';
import { useLiveEvents } from '@windlass/live/use-live';
import { useRef } from 'react';
import { adminParts } from './capabilities.ts';

const GATHER_MS = 120;

/**
 * Fetches anew what live events made stale: each capability says which of its procedures that is. A burst costs one
 * fetch.
 */
export function LiveRefresh() {
  const queryClient = useQueryClient();
  const stale = useRef(new Map<string, readonly string[]>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const refresh = () => {
    timer.current = undefined;
    const paths = [...stale.current.values()];
    stale.current.clear();
    for (const path of paths) void queryClient.invalidateQueries({ queryKey: [path] });
  };
  useLiveEvents((event) => {
    for (const part of adminParts) for (const path of part.staleAfter(event)) stale.current.set(path.join('.'), path);
    if (stale.current.size > 0) timer.current ??= setTimeout(refresh, GATHER_MS);
  });
  return null;
}
