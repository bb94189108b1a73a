import type { ApiOf } from '../../kit/api.ts';
import { listPages } from '../../kit/list-screen/list-pages.ts';
import { prefetchOf } from '../../kit/prefetch.ts';
import { oneOf, type UrlSearch } from '../../kit/url-search.ts';
import type { JobTab } from '../contract.ts';
import type { OperationsSlice } from '../server/router.ts';

export const tabLabels: Record<JobTab, string> = { all: 'All', moving: 'In progress', failed: 'Failed', done: 'Done' };
const tabs = Object.keys(tabLabels) as JobTab[];

export const readList = ({ tab }: UrlSearch) => ({ tab: oneOf(tabs, tab) });

export const listOptions = (api: ApiOf<OperationsSlice>, { tab }: ReturnType<typeof readList>) =>
  api.operations.jobs.infiniteQueryOptions({ tab }, listPages);

/** Its first page and its counts, on their way before the screen is. */
export const prefetchList = prefetchOf<OperationsSlice>(({ api, queryClient, search }) => {
  void queryClient.prefetchInfiniteQuery(listOptions(api, readList(search)));
  void queryClient.prefetchQuery(api.operations.jobCounts.queryOptions());
});
