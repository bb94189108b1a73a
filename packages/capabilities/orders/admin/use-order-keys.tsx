import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useShortcuts } from '@windlass/ui/use-shortcuts';
import { useEffect } from 'react';
import { sliceOf } from '../../kit/api.ts';
import type { UrlSearch } from '../../kit/url-search.ts';
import type { OrdersSlice } from '../server/router.ts';
import { listOptions } from './list-options.ts';
import { readList } from './order-tabs.ts';

const useApi = sliceOf<OrdersSlice>();

/**
 * Escape, j and k on an order's page: back to the list it was opened from, and along that list. The list is the one of
 * the address, as it stood: an order that leaves its tab by what is done here keeps its place until one is back. Opened
 * by itself, an order has no neighbours.
 */
export function useOrderKeys(id: string): void {
  const api = useApi();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as UrlSearch;
  const fromList = search.tab !== undefined;
  const list = useInfiniteQuery({
    ...listOptions(api, readList(search)),
    enabled: fromList,
    refetchOnMount: false,
  });
  const idsOf = (pages: typeof list.data) => pages?.pages.flatMap((page) => page.rows.map((row) => row.id)) ?? [];
  const ids = idsOf(list.data);
  const at = ids.indexOf(id);
  const [before, after] = [ids[at - 1], at < 0 ? undefined : ids[at + 1]];

  // The neighbours are there before their key is pressed.
  useEffect(() => {
    for (const next of [after, before])
      if (next) void queryClient.prefetchQuery(api.orders.get.queryOptions({ id: next }, { staleTime: 10_000 }));
  }, [api, queryClient, before, after]);

  const go = (next: string | undefined) => next && void navigate({ to: `/orders/${next}`, search, replace: true });
  const forward = async () => {
    if (after || !list.hasNextPage) return go(after);
    const more = await list.fetchNextPage();
    return go(idsOf(more.data)[at + 1]);
  };
  useShortcuts('This order', [
    { keys: 'j', label: 'Next order of the list', when: at >= 0, run: () => void forward(), repeats: true },
    { keys: 'k', label: 'Previous order of the list', when: at >= 0, run: () => go(before), repeats: true },
    {
      keys: 'escape',
      label: 'Back to the list',
      run: () => void navigate({ to: '/orders', search, state: { row: id } as object }),
    },
  ]);
}
