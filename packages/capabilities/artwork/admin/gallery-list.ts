import type { ApiOf } from '../../kit/api.ts';
import { listPages } from '../../kit/list-screen/list-pages.ts';
import { prefetchOf } from '../../kit/prefetch.ts';
import { oneOf, type UrlSearch } from '../../kit/url-search.ts';
import type { ArtworkTab } from '../contract.ts';
import type { ArtworkSlice } from '../server/router.ts';

const PAGE = 100;

export const tabLabels: Record<ArtworkTab, string> = {
  awaiting: 'Proof to send',
  sent: 'Proof sent',
  changes: 'Changes requested',
  approved: 'Approved',
  problems: 'Problems',
  all: 'All',
};
const tabs = Object.keys(tabLabels) as ArtworkTab[];

export const readList = ({ tab, q = '' }: UrlSearch) => ({ tab: oneOf(tabs, tab), q });

export const listOptions = (api: ApiOf<ArtworkSlice>, { tab, q }: ReturnType<typeof readList>) =>
  api.artwork.list.infiniteQueryOptions({ tab, limit: PAGE, ...(q && { search: q }) }, listPages);

/** Its first page and its counts, on their way before the screen is. */
export const prefetchList = prefetchOf<ArtworkSlice>(({ api, queryClient, search }) => {
  void queryClient.prefetchInfiniteQuery(listOptions(api, readList(search)));
  void queryClient.prefetchQuery(api.artwork.counts.queryOptions());
});
