import { useQuery } from '@tanstack/react-query';
import type { Found } from '../../kit/admin-plug.ts';
import { sliceOf } from '../../kit/api.ts';
import { shopOrderName } from '../parts/shop-order-name.ts';
import type { OrdersSlice } from '../server/router.ts';

const useApi = sliceOf<OrdersSlice>();
const MOST = 8;
/** One letter finds everything and nothing. */
const FEWEST_LETTERS = 2;

/** The orders that typed words find, for the command palette. */
export function useFoundOrders(words: string, enabled: boolean): readonly Found[] {
  const query = useApi().orders.list.queryOptions(
    { tab: 'all', search: words, limit: MOST },
    { enabled: enabled && words.length >= FEWEST_LETTERS, staleTime: 5_000 },
  );
  return (useQuery(query).data?.rows ?? []).map((order) => ({
    label: [`#${order.number} ${order.customerName}`, shopOrderName(order)].filter(Boolean).join(' · '),
    hint: order.customerEmail,
    to: `/orders/${order.id}`,
    keywords: [words],
  }));
}
