import { useDeferredValue } from 'react';
import type { UrlSearch } from '../url-search.ts';
import { useUrlState } from '../use-url-state.tsx';

/** The list its address asks for. The words typed last may come a moment later, so that typing never waits for rows. */
export function useListUrl<Shown extends { q?: string }>(read: (search: UrlSearch) => Shown): Shown {
  const [shown] = useUrlState(read);
  const q = useDeferredValue(shown.q);
  return q === undefined ? shown : { ...shown, q };
}
