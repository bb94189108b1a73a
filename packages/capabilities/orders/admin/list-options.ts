import type { ApiOf } from '../../kit/api.ts';
import { spanOf } from '../../kit/list-screen/date-range.ts';
import { listPages } from '../../kit/list-screen/list-pages.ts';
import { prefetchOf } from '../../kit/prefetch.ts';
import type { OrdersSlice } from '../server/router.ts';
import { type OpenList, readList } from './order-tabs.ts';

/** The query of a list, for its screen and for stepping through it on an order's page: both see the same rows. */
export const listOptions = (api: ApiOf<OrdersSlice>, { tab, q, batch, ...range }: OpenList) => {
  const placed = spanOf(range);
  const input = { tab, ...(q && { search: q }), ...(batch && { inBatch: batch }), ...(placed && { placed }) };
  return api.orders.list.infiniteQueryOptions(input, listPages);
};

/** Its first page and its counts, on their way before the screen is. */
export const prefetchList = prefetchOf<OrdersSlice>(({ api, queryClient, search }) => {
  void queryClient.prefetchInfiniteQuery(listOptions(api, readList(search)));
  void queryClient.prefetchQuery(api.orders.counts.queryOptions());
});
