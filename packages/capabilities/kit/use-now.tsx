import { subscribeToSeconds } from '@windlass/ui/every-second';
import { useSyncExternalStore } from 'react';

const nothing = () => () => undefined;

/** The present time in whole seconds, and a new render with each while `ticking`. */
export function useNow(ticking: boolean): Date {
  const seconds = useSyncExternalStore(ticking ? subscribeToSeconds : nothing, () => Math.floor(Date.now() / 1000));
  return new Date(seconds * 1000);
}
