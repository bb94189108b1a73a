import {
  type FetchQueryOptions,
  type InfiniteData,
  type QueryKey,
  type UndefinedInitialDataInfiniteOptions,
  useInfiniteQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useMemo } from 'react';
import { useListKeys } from '../use-list-keys.tsx';
import { type LiveRowsOptions, useLiveRows } from '../use-live-rows.tsx';
import type { UrlSearch } from '../url-search.ts';
import { useUrlState } from '../use-url-state.tsx';
import type { ListPage } from './list-pages.ts';

export type ListSource<Row extends { id: string }, Failure, Key extends QueryKey, Cursor> = Pick<
  LiveRowsOptions<Row>,
  'rowOf' | 'patch' | 'isNew'
> & {
  /** Its pages, with `listPages`. */
  query: UndefinedInitialDataInfiniteOptions<ListPage<Row>, Failure, InfiniteData<ListPage<Row>, Cursor>, Key, Cursor>;
  /** Asks for the present rows of these ids; those that are gone are left out. */
  rowsOf: (ids: string[]) => FetchQueryOptions<{ rows: Row[] }, Failure, { rows: Row[] }, Key>;
  /** The row to stand on at first. */
  start?: string | undefined;
};

/** A list on screen, as the parts beside this file draw it. */
export type List<Row> = {
  rows: readonly Row[];
  loading: boolean;
  failure: { error: unknown; retry: () => void } | undefined;
  more: { more: boolean; busy: boolean; load: () => void };
  /** New rows that wait, and how to show them. */
  fresh: { count: number; onShow: () => void };
  /** The row that the keyboard stands on. */
  focused: string | undefined;
  openId: string | undefined;
  open: (id: string) => void;
  close: () => void;
};

const readOpen = ({ open }: UrlSearch) => ({ open });

/** The rows of a list: fetched page by page, kept as the live stream tells, walked by keys; the open one in the URL. */
export function useList<Row extends { id: string }, Failure, Key extends QueryKey, Cursor>(
  options: ListSource<Row, Failure, Key, Cursor>,
): List<Row> {
  const { query, rowsOf, start, ...live } = options;
  const queryClient = useQueryClient();
  const [{ open: openId }, setUrl] = useUrlState(readOpen);
  const pages = useInfiniteQuery(query);
  // Ten thousand rows are put together once for each change, not for each step of a scroll.
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.rows) ?? [], [pages.data]);
  const { waiting, show } = useLiveRows({
    ...live,
    listKey: query.queryKey,
    rows,
    fetchRows: (ids) => queryClient.fetchQuery({ ...rowsOf(ids), staleTime: 0, gcTime: 0 }),
  });
  const setOpen = (id: string | undefined) => setUrl({ open: id });
  const { focused, focus } = useListKeys({ ids: rows.map((row) => row.id), openId, open: setOpen, start });

  return {
    rows,
    loading: pages.isPending,
    failure: pages.isError ? { error: pages.error, retry: () => void pages.refetch() } : undefined,
    more: { more: pages.hasNextPage, busy: pages.isFetchingNextPage, load: () => void pages.fetchNextPage() },
    fresh: { count: waiting, onShow: show },
    focused,
    openId,
    open: (id) => {
      focus(id);
      setOpen(id);
    },
    close: () => setOpen(undefined),
  };
}
