import type { ApiOf } from '../../kit/api.ts';
import { type DateRange, readRange, spanOf } from '../../kit/list-screen/date-range.ts';
import { listPages } from '../../kit/list-screen/list-pages.ts';
import { prefetchOf } from '../../kit/prefetch.ts';
import { oneOf, type UrlSearch } from '../../kit/url-search.ts';
import type { DeliveryTab } from '../rules.ts';
import type { DeliveriesSlice } from '../server/router.ts';

export const tabLabels: Record<DeliveryTab, string> = {
  all: 'All',
  moving: 'In progress',
  accepted: 'Sent',
  problems: 'Problems',
};
const tabs = Object.keys(tabLabels) as DeliveryTab[];

export type DeliveryList = DateRange & { tab: DeliveryTab; q: string };

export const readList = ({ tab, q = '', ...rest }: UrlSearch): DeliveryList => ({
  tab: oneOf(tabs, tab),
  q,
  ...readRange(rest),
});

export const listOptions = (api: ApiOf<DeliveriesSlice>, { tab, q, ...range }: DeliveryList) => {
  const created = spanOf(range);
  const input = { tab, ...(q && { search: q }), ...(created && { created }) };
  return api.deliveries.list.infiniteQueryOptions(input, listPages);
};

/** Its first page and its counts, on their way before the screen is. */
export const prefetchList = prefetchOf<DeliveriesSlice>(({ api, queryClient, search }) => {
  void queryClient.prefetchInfiniteQuery(listOptions(api, readList(search)));
  void queryClient.prefetchQuery(api.deliveries.counts.queryOptions());
});
