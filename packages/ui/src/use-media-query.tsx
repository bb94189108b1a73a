import { useCallback, useSyncExternalStore } from 'react';

/** True while the window matches; for behaviour only (a modal or not), as looks belong to CSS. */
export function useMediaQuery(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}

/** Below the width at which tables become cards and detail fills the screen. */
export const useIsNarrow = (): boolean => useMediaQuery('(width < 40rem)');
