import type { sliceOf } from '../../kit/api.ts';
import { listPages } from '../../kit/list-screen/list-pages.ts';
import { oneOf, type UrlSearch } from '../../kit/use-url-state.tsx';
import { type DeliveryTab, deliveryTabs } from '../rules.ts';
import type { DeliveriesSlice } from '../server/router.ts';

type Api = ReturnType<ReturnType<typeof sliceOf<DeliveriesSlice>>>;

export const tabLabels: Record<DeliveryTab, string> = {
  all: 'All',
  moving: 'In progress',
  accepted: 'Sent',
  problems: 'Problems',
};

export const readList = ({ tab, q = '' }: UrlSearch) => ({ tab: oneOf(deliveryTabs, tab), q });

export const listOptions = (api: Api, { tab, q }: ReturnType<typeof readList>) =>
  api.deliveries.list.infiniteQueryOptions({ tab, ...(q && { search: q }) }, listPages);
