import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { formatCount } from '@windlass/ui/format';
import { NewRowsBanner } from '@windlass/ui/new-rows-banner';
import { PageHeader } from '@windlass/ui/page-header';
import { SearchInput } from '@windlass/ui/search-input';
import { TabsWithCounts } from '@windlass/ui/tabs-with-counts';
import { useShortcuts } from '@windlass/ui/use-shortcuts';
import { useDeferredValue } from 'react';
import { z } from 'zod';
import { useDecisions } from '../../approvals/parts/use-decisions.tsx';
import { sliceOf } from '../../kit/api.ts';
import { FailedQuery } from '../../kit/failed-query.tsx';
import { LoadMore } from '../../kit/load-more.tsx';
import { useMayAct } from '../../kit/person.tsx';
import { RouterLink } from '../../kit/render-link.tsx';
import { useLiveRows } from '../../kit/use-live-rows.tsx';
import { useListKeys } from '../../kit/use-list-keys.tsx';
import { useUrlState } from '../../kit/use-url-state.tsx';
import { type OrderTab, orderTabs } from '../contract.ts';
import type { OrdersSlice } from '../server/router.ts';
import { OrderDrawer } from './order-drawer.tsx';
import { NoOrders } from './no-orders.tsx';
import { OrdersTable } from './orders-table.tsx';

const useApi = sliceOf<OrdersSlice>();
const urlState = z.object({ tab: z.enum(orderTabs).catch('waiting'), q: z.string().catch(''), open: z.string().optional() });
const tabLabels: Record<OrderTab, string> = { waiting: 'Waiting', approved: 'Approved', delivered: 'Delivered', problems: 'Problems', all: 'All' };

/** Orders: what waits for a decision, what is on its way, what went wrong. */
export default function OrdersScreen() {
  const api = useApi();
  const [{ tab, q, open }, setUrl] = useUrlState(urlState);
  const search = useDeferredValue(q);
  const counts = useQuery(api.orders.counts.queryOptions()).data;
  const listOptions = api.orders.list.infiniteQueryOptions(
    { tab, ...(search && { search }) },
    { getNextPageParam: (page) => page.next ?? undefined, placeholderData: (previous) => previous },
  );
  const list = useInfiniteQuery(listOptions);
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const queryClient = useQueryClient();
  const live = useLiveRows({
    listKey: listOptions.queryKey,
    rows,
    rowOf: ({ topic, subject }) => (topic === 'orders' || topic === 'approvals' || topic === 'deliveries' ? subject : undefined),
    isNew: ({ type }) => type === 'order.placed',
    fetchRows: (ids) => queryClient.fetchQuery(api.orders.rows.queryOptions({ ids }, { staleTime: 0, gcTime: 0 })),
  });
  const decisions = useDecisions();
  const openOrder = (id: string | undefined) => setUrl({ open: id });
  const { focused, focus } = useListKeys({ ids: rows.map((row) => row.id), openId: open, open: openOrder });
  const mayAct = useMayAct('operator');
  const target = rows.find((row) => mayAct && row.id === focused && row.status === 'waiting');
  const decide = (word: 'approve' | 'reject') => target && decisions[word].mutate({ orderId: target.id, version: target.version });
  useShortcuts('Orders', [
    { keys: 'a', label: 'Approve the order', when: target !== undefined, run: () => decide('approve') },
    { keys: 'r', label: 'Reject the order', when: target !== undefined, run: () => decide('reject') },
  ]);

  return (
    <>
      <PageHeader title="Orders" answer={answer(counts?.waiting)} />
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <TabsWithCounts
          label="Orders by status"
          current={tab}
          renderLink={RouterLink}
          tabs={orderTabs.map((key) => ({ key, label: tabLabels[key], to: `/orders?${new URLSearchParams({ tab: key, ...(q && { q }) })}`, ...(counts && { count: counts[key].count }) }))}
        />
        <SearchInput label="Find orders" placeholder="Number, name or e-mail" value={q} onChange={(value) => setUrl({ q: value }, { replace: true })} />
      </div>
      <NewRowsBanner count={live.waiting} onShow={live.show} />
      {list.isError ? (
        <FailedQuery what="The orders" error={list.error} retry={() => void list.refetch()} />
      ) : list.isSuccess && rows.length === 0 ? (
        <NoOrders tab={tab} search={search} />
      ) : (
        <OrdersTable rows={rows} loading={list.isPending} focused={focused} onOpen={(id) => { focus(id); openOrder(id); }} />
      )}
      <LoadMore more={list.hasNextPage} busy={list.isFetchingNextPage} load={() => void list.fetchNextPage()} />
      <OrderDrawer id={open} onClose={() => openOrder(undefined)} decisions={decisions} />
    </>
  );
}

function answer(waiting: { count: number; more: boolean } | undefined): string {
  if (!waiting) return ' ';
  if (waiting.count === 0) return 'Nothing waits for you';
  if (waiting.count === 1) return '1 order waits for you';
  return `${formatCount(waiting.count)}${waiting.more ? '+' : ''} orders wait for you`;
}
