import type { sliceOf } from '../../kit/api.ts';
import { listPages } from '../../kit/list-screen/list-pages.ts';
import { oneOf, type UrlSearch } from '../../kit/use-url-state.tsx';
import type { ArtworkTab } from '../contract.ts';
import type { ArtworkSlice } from '../server/router.ts';

type Api = ReturnType<ReturnType<typeof sliceOf<ArtworkSlice>>>;

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

export const listOptions = (api: Api, { tab, q }: ReturnType<typeof readList>) =>
  api.artwork.list.infiniteQueryOptions({ tab, limit: PAGE, ...(q && { search: q }) }, listPages);
