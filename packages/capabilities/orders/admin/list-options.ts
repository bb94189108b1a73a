import type { ApiOf } from '../../kit/api.ts';
import { listPages } from '../../kit/list-screen/list-pages.ts';
import { prefetchOf } from '../../kit/prefetch.ts';
import type { OrdersSlice } from '../server/router.ts';
import { type OpenList, readList } from './order-tabs.ts';

/** The query of a list, for its screen and for stepping through it on an order's page: both see the same rows. */
export const listOptions = (api: ApiOf<OrdersSlice>, { tab, q, batch }: OpenList) =>
  api.orders.list.infiniteQueryOptions({ tab, ...(q && { search: q }), ...(batch && { inBatch: batch }) }, listPages);

/** Its first page and its counts, on their way before the screen is. */
export const prefetchList = prefetchOf<OrdersSlice>(({ api, queryClient, search }) => {
  void queryClient.prefetchInfiniteQuery(listOptions(api, readList(search)));
  void queryClient.prefetchQuery(api.orders.counts.queryOptions());
});
