import type { sliceOf } from '../../kit/api.ts';
import { listPages } from '../../kit/list-screen/list-pages.ts';
import { oneOf, type UrlSearch } from '../../kit/use-url-state.tsx';
import type { JobTab } from '../contract.ts';
import type { OperationsSlice } from '../server/router.ts';

type Api = ReturnType<ReturnType<typeof sliceOf<OperationsSlice>>>;

export const tabLabels: Record<JobTab, string> = { all: 'All', moving: 'In progress', failed: 'Failed', done: 'Done' };
const tabs = Object.keys(tabLabels) as JobTab[];

export const readList = ({ tab }: UrlSearch) => ({ tab: oneOf(tabs, tab) });

export const listOptions = (api: Api, { tab }: ReturnType<typeof readList>) =>
  api.operations.jobs.infiniteQueryOptions({ tab }, listPages);
