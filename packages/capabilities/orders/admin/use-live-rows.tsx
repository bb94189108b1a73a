import { type InfiniteData, type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useLiveEvents } from '@windlass/live/use-live';
import { useRef, useState } from 'react';
import { sliceOf } from '../../kit/api.ts';
import type { OrderRow } from '../contract.ts';
import type { OrdersSlice } from '../server/router.ts';

const useApi = sliceOf<OrdersSlice>();
type Page = { rows: OrderRow[]; next: string | null };

const GATHER_MS = 120;
/** Topics whose events have an order as their subject. */
const aboutOrders = new Set(['orders', 'approvals', 'deliveries']);

/**
 * Mends the rows on screen where they stand: an order that was approved elsewhere changes its chip and stays in its place until
 * one looks at another tab, so nothing jumps under the mouse. New orders wait behind a count while one is scrolled down.
 */
export function useLiveRows(listKey: QueryKey, rows: readonly OrderRow[]): { waiting: number; show: () => void } {
  const api = useApi();
  const queryClient = useQueryClient();
  const [waiting, setWaiting] = useState(0);
  const changed = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const shown = new Set(rows.map((row) => row.id));

  const mend = async () => {
    timer.current = undefined;
    const ids = [...changed.current].slice(0, 100);
    for (const id of ids) changed.current.delete(id);
    const fresh = await queryClient.fetchQuery(api.orders.rows.queryOptions({ ids }, { staleTime: 0, gcTime: 0 }));
    const byId = new Map(fresh.rows.map((row) => [row.id, row]));
    queryClient.setQueryData<InfiniteData<Page>>(listKey, (data) =>
      data && { ...data, pages: data.pages.map((page) => ({ ...page, rows: page.rows.map((row) => byId.get(row.id) ?? row) })) },
    );
    if (changed.current.size > 0) schedule();
  };
  const schedule = () => {
    timer.current ??= setTimeout(() => void mend().catch(() => queryClient.invalidateQueries({ queryKey: listKey })), GATHER_MS);
  };
  const show = () => {
    setWaiting(0);
    window.scrollTo({ top: 0 });
    void queryClient.resetQueries({ queryKey: listKey });
  };

  useLiveEvents((event) => {
    if (!aboutOrders.has(event.topic)) return;
    if (event.type === 'order.placed') {
      if (window.scrollY > 80) setWaiting((count) => count + 1);
      else void queryClient.invalidateQueries({ queryKey: listKey });
    } else if (shown.has(event.subject)) {
      changed.current.add(event.subject);
      schedule();
    }
  });
  return { waiting, show };
}
