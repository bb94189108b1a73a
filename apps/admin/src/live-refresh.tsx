import { useQueryClient } from '@tanstack/react-query';
import { useLiveEvents } from '@windlass/live/use-live';
import { useState } from 'react';
import { createRefresher } from './refresh-queries.ts';

/** Keeps what this tab has fetched as the live stream tells it. */
export function LiveRefresh() {
  const queryClient = useQueryClient();
  const [refresh] = useState(() => createRefresher(queryClient));
  useLiveEvents(refresh);
  return null;
}
