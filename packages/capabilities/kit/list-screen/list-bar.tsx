import { cx } from '@windlass/ui/cx';
import { SearchInput } from '@windlass/ui/search-input';
import { TabsWithCounts } from '@windlass/ui/tabs-with-counts';
import type { ReactNode } from 'react';
import { RouterLink } from '../render-link.tsx';
import { oneOf, type UrlSearch } from '../url-search.ts';
import { useUrlState } from '../use-url-state.tsx';

const readAll = (search: UrlSearch) => search;

export type ListBarProps<Tab extends string> = {
  /** The screen's address. */
  path: string;
  /** Names the row of tabs for screen readers. */
  label: string;
  /** The words of the tabs, in their order; the first is the one that opens. */
  tabs: Record<Tab, string>;
  counts: Record<Tab, { count: number; more: boolean }> | undefined;
  /** Left out: nothing can be looked for. */
  find?: { label: string; placeholder: string };
  /** Beside the search: what else narrows the list. */
  filter?: ReactNode;
};

/** Tabs and search. Both live in the URL; another tab keeps what else stands there, but for the row that is open. */
export function ListBar<Tab extends string>({ path, label, tabs, counts, find, filter }: ListBarProps<Tab>) {
  const [{ open: _, tab, ...rest }, setUrl] = useUrlState(readAll);
  const keys = Object.keys(tabs) as Tab[];
  const kept = Object.entries(rest).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const row = (
    <TabsWithCounts
      label={label}
      current={oneOf(keys, tab)}
      renderLink={RouterLink}
      tabs={keys.map((key) => ({
        key,
        label: tabs[key],
        to: `${path}?${new URLSearchParams([['tab', key], ...kept])}`,
        ...(counts && { count: counts[key].count, more: counts[key].more }),
      }))}
    />
  );
  if (!find) return row;
  const search = <SearchInput {...find} value={rest.q ?? ''} onChange={(q) => setUrl({ q }, { replace: true })} />;
  return (
    <div
      className={cx(
        'flex flex-wrap items-end gap-x-6 gap-y-3 xl:flex-nowrap',
        // Beside an open drawer there is no room for all of it.
        (keys.length > 4 || filter !== undefined) && 'xl:max-2xl:in-[body:has([data-side-panel])]:flex-wrap',
      )}
    >
      {row}
      {filter ? (
        <div className="flex w-full items-center gap-2 sm:w-auto sm:min-w-60 sm:shrink-99">
          {search}
          {filter}
        </div>
      ) : (
        search
      )}
    </div>
  );
}
