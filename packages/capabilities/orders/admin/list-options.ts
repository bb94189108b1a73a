import type { sliceOf } from '../../kit/api.ts';
import { listPages } from '../../kit/list-screen/list-pages.ts';
import type { OrdersSlice } from '../server/router.ts';
import type { OpenList } from './order-tabs.ts';

type Api = ReturnType<ReturnType<typeof sliceOf<OrdersSlice>>>;

/** The query of a list, for its screen and for stepping through it on an order's page: both see the same rows. */
export const listOptions = (api: Api, { tab, q, batch }: OpenList) =>
  api.orders.list.infiniteQueryOptions({ tab, ...(q && { search: q }), ...(batch && { inBatch: batch }) }, listPages);
