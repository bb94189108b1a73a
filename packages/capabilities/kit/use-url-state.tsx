import { useNavigate, useSearch } from '@tanstack/react-router';
import type { UrlSearch } from './url-search.ts';

/**
 * A screen's state, kept in the URL: reload, share and Back work. `read` makes it of whatever stands there, with
 * defaults for the rest.
 * `set` changes some of it; empty and undefined values leave the URL. `replace` for typing, where each letter is no
 * page.
 */
export function useUrlState<State extends object>(read: (search: UrlSearch) => State) {
  const search = useSearch({ strict: false }) as UrlSearch;
  const navigate = useNavigate();
  const set = (change: Partial<Record<keyof State, string | undefined>>, options?: { replace: boolean }) => {
    const next = Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value));
    void navigate({ to: '.', search: next, replace: options?.replace ?? false, resetScroll: false });
  };
  return [read(search), set] as const;
}
