import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouterState } from '@tanstack/react-router';
import { isAnyOf } from '@windlass/live/define-event';
import { formatCount } from '@windlass/ui/format';
import { NewRowsBanner } from '@windlass/ui/new-rows-banner';
import { PageHeader } from '@windlass/ui/page-header';
import { SearchInput } from '@windlass/ui/search-input';
import { TabsWithCounts } from '@windlass/ui/tabs-with-counts';
import { useShortcuts } from '@windlass/ui/use-shortcuts';
import { Suspense, useDeferredValue } from 'react';
import { BatchLines } from '../../approvals/parts/batch-lines.tsx';
import { useBulk } from '../../approvals/parts/use-bulk.tsx';
import { useDecisions } from '../../approvals/parts/use-decisions.tsx';
import { sliceOf } from '../../kit/api.ts';
import { FailedQuery } from '../../kit/failed-query.tsx';
import { lazyPart } from '../../kit/lazy-part.ts';
import { LoadMore } from '../../kit/load-more.tsx';
import { useMayAct } from '../../kit/person.tsx';
import { RouterLink } from '../../kit/render-link.tsx';
import { useLiveRows } from '../../kit/use-live-rows.tsx';
import { useListKeys } from '../../kit/use-list-keys.tsx';
import { useSelection } from '../../kit/use-selection.tsx';
import { type UrlSearch, useUrlState } from '../../kit/use-url-state.tsx';
import { RefusedDeletion } from '../parts/refused-deletion.tsx';
import type { OrdersSlice } from '../server/router.ts';
import { IntakeActions } from './intake-actions.tsx';
import { listOptions } from './list-options.ts';
import { NoOrders } from './no-orders.tsx';
import { listQuery, readList, tabLabels, tabs } from './order-tabs.ts';
import { canTick, OrdersTable } from './orders-table.tsx';
import { orderPlaced, ordersImported } from '../events.ts';

/** Comes after the list: nobody opens a row before seeing it. */
const OrderDrawer = lazyPart(() => import('./order-drawer.tsx').then((file) => file.OrderDrawer));
/** Comes with the first row ticked. */
const BulkBar = lazyPart(() => import('./bulk-bar.tsx').then((file) => file.BulkBar));
/** Comes with the first question. */
const RejectQuestion = lazyPart(() =>
  import('../../approvals/parts/reject-question.tsx').then((file) => file.RejectQuestion),
);
const BatchSummary = lazyPart(() =>
  import('../../approvals/parts/batch-summary.tsx').then((file) => file.BatchSummary),
);

const useApi = sliceOf<OrdersSlice>();
const readUrl = (search: UrlSearch) => ({ ...readList(search), open: search.open });

/** Orders: what waits for a decision, what is on its way, what went wrong. */
export default function OrdersScreen() {
  const api = useApi();
  const [{ tab, q, open, batch }, setUrl] = useUrlState(readUrl);
  const search = useDeferredValue(q);
  const counts = useQuery(api.orders.counts.queryOptions()).data;
  const shown = { tab, q: search, batch };
  const query = listOptions(api, shown);
  const list = useInfiniteQuery(query);
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const queryClient = useQueryClient();
  const live = useLiveRows({
    listKey: query.queryKey,
    rows,
    rowOf: ({ topic, subject }) =>
      topic === 'orders' || topic === 'approvals' || topic === 'deliveries' ? subject : undefined,
    isNew: (event) => isAnyOf(event, orderPlaced) || (ordersImported.read(event)?.orders ?? 0),
    fetchRows: (ids) => queryClient.fetchQuery(api.orders.rows.queryOptions({ ids }, { staleTime: 0, gcTime: 0 })),
  });
  const decisions = useDecisions();
  const openOrder = (id: string | undefined) => setUrl({ open: id });
  // Back from an order's page, the list stands on that order's row.
  const cameFrom = useRouterState({ select: ({ location }) => (location.state as { row?: string }).row });
  const { focused, focus } = useListKeys({
    ids: rows.map((row) => row.id),
    openId: open,
    open: openOrder,
    start: cameFrom,
  });
  const mayAct = useMayAct('operator');
  const selection = useSelection({ ids: rows.filter(canTick).map((row) => row.id), focused, enabled: mayAct });
  const selecting = selection.ids.length > 0;
  const bulk = useBulk(() => {
    selection.clear();
    window.scrollTo({ top: 0 }); // to the line that tells how the batch fares
  });
  const target = rows.find((row) => mayAct && row.id === focused && row.status === 'waiting');
  const which = target && { orderId: target.id, number: target.number, version: target.version };
  useShortcuts('Orders', [
    // What its shop says something against is looked at first: there is no key for it.
    {
      keys: 'a',
      label: 'Approve the order',
      when: target !== undefined && !selecting,
      run: () =>
        target!.concerns.length > 0
          ? openOrder(target!.id)
          : decisions.approve.mutate({ orderId: target!.id, version: target!.version }),
    },
    {
      keys: 'r',
      label: 'Reject the order',
      when: target !== undefined && !selecting,
      run: () => decisions.askReject(which),
    },
  ]);

  return (
    <>
      <PageHeader title="Orders" answer={answer(counts)} actions={<IntakeActions list={shown} />} />
      <BatchLines />
      <RefusedDeletion />
      <div className="flex flex-wrap items-end gap-x-6 gap-y-3 xl:flex-nowrap xl:max-2xl:in-[body:has([data-side-panel])]:flex-wrap">
        <TabsWithCounts
          label="Orders by status"
          current={tab}
          renderLink={RouterLink}
          tabs={tabs.map((key) => ({
            key,
            label: tabLabels[key],
            to: `/orders${listQuery({ tab: key, q, batch })}`,
            ...(counts && { count: counts[key].count, more: counts[key].more }),
          }))}
        />
        <SearchInput
          label="Find orders"
          placeholder="Number, name or e-mail"
          value={q}
          onChange={(value) => setUrl({ q: value }, { replace: true })}
        />
      </div>
      {batch && (
        <Suspense>
          <BatchSummary id={batch} />
        </Suspense>
      )}
      <NewRowsBanner count={live.waiting} onShow={live.show} />
      {list.isError ? (
        <FailedQuery what="The orders" error={list.error} retry={() => void list.refetch()} />
      ) : list.isSuccess && rows.length === 0 ? (
        <NoOrders tab={counts?.all.count === 0 ? 'all' : tab} search={search} />
      ) : (
        <OrdersTable
          rows={rows}
          loading={list.isPending}
          focused={focused}
          onOpen={(id) => {
            focus(id);
            openOrder(id);
          }}
          list={shown}
          selection={mayAct && (tab === 'waiting' || tab === 'all') ? selection : undefined}
        />
      )}
      <LoadMore more={list.hasNextPage} busy={list.isFetchingNextPage} load={() => void list.fetchNextPage()} />
      {selecting && (
        <Suspense>
          <BulkBar
            selection={selection}
            leftOut={rows.filter((row) => row.concerns.length > 0 && selection.has(row.id)).length}
            bulk={bulk}
            search={search}
            pageFull={tab === 'waiting' && !batch}
          />
        </Suspense>
      )}
      <Suspense>{decisions.asked && <RejectQuestion decisions={decisions} />}</Suspense>
      <Suspense>
        <OrderDrawer id={open} list={shown} onClose={() => openOrder(undefined)} decisions={decisions} />
      </Suspense>
    </>
  );
}

function answer(counts: Record<'waiting' | 'problems', { count: number; more: boolean }> | undefined): string {
  if (!counts) return ' ';
  const { waiting, problems } = counts;
  const figure = ({ count, more }: typeof waiting) => `${formatCount(count)}${more ? '+' : ''}`;
  const has = problems.count === 1 ? 'has' : 'have';
  if (waiting.count === 0)
    return problems.count === 0
      ? 'Nothing waits for you'
      : `Nothing waits for a decision, ${figure(problems)} ${has} a problem`;
  const decision = waiting.count === 1 ? '1 order waits for you' : `${figure(waiting)} orders wait for you`;
  return problems.count === 0 ? decision : `${decision}, ${figure(problems)} more ${has} a problem`;
}
