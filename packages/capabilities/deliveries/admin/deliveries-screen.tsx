import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { isAnyOf } from '@windlass/live/define-event';
import { buttonClass } from '@windlass/ui/button';
import { EmptyState } from '@windlass/ui/empty-state';
import { formatCount } from '@windlass/ui/format';
import { NewRowsBanner } from '@windlass/ui/new-rows-banner';
import { PageHeader } from '@windlass/ui/page-header';
import { SearchInput } from '@windlass/ui/search-input';
import { TabsWithCounts } from '@windlass/ui/tabs-with-counts';
import { Suspense, useDeferredValue } from 'react';
import { sliceOf } from '../../kit/api.ts';
import { FailedQuery } from '../../kit/failed-query.tsx';
import { lazyPart } from '../../kit/lazy-part.ts';
import { LoadMore } from '../../kit/load-more.tsx';
import { RouterLink } from '../../kit/render-link.tsx';
import { useLiveRows } from '../../kit/use-live-rows.tsx';
import { useListKeys } from '../../kit/use-list-keys.tsx';
import { oneOf, type UrlSearch, useUrlState } from '../../kit/use-url-state.tsx';
import { type DeliveryTab, deliveryTabs } from '../rules.ts';
import type { DeliveriesSlice } from '../server/router.ts';
import { DeliveriesTable } from './deliveries-table.tsx';
import { deliveryMoved } from '../events.ts';

/** Comes after the list: nobody opens a row before seeing it. */
const DeliveryDrawer = lazyPart(() => import('./delivery-drawer.tsx').then((file) => file.DeliveryDrawer));

const useApi = sliceOf<DeliveriesSlice>();
const readUrl = ({ tab, q = '', open }: UrlSearch) => ({ tab: oneOf(deliveryTabs, tab), q, open });
const tabLabels: Record<DeliveryTab, string> = {
  all: 'All',
  moving: 'In progress',
  accepted: 'Sent',
  problems: 'Problems',
};

const emptyWords: Record<DeliveryTab, { title: string; body: string }> = {
  all: { title: 'No messages yet', body: 'Approve an order, and its mail stands here from the click to the inbox.' },
  moving: { title: 'Nothing is in progress', body: 'Messages stand here until the mail server has taken them.' },
  accepted: { title: 'Nothing sent yet', body: 'Messages come here as soon as the mail server has taken them.' },
  problems: {
    title: 'No problems',
    body: 'Messages that could not be delivered come here, with the reason and what to do.',
  },
};

/** The ledger: what was said to whom, and what came of it. */
export default function DeliveriesScreen() {
  const api = useApi();
  const [{ tab, q, open }, setUrl] = useUrlState(readUrl);
  const search = useDeferredValue(q);
  const counts = useQuery(api.deliveries.counts.queryOptions()).data;
  const listOptions = api.deliveries.list.infiniteQueryOptions(
    { tab, ...(search && { search }) },
    { getNextPageParam: (page) => page.next ?? undefined, placeholderData: (previous) => previous },
  );
  const list = useInfiniteQuery(listOptions);
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const queryClient = useQueryClient();
  const live = useLiveRows({
    listKey: listOptions.queryKey,
    rows,
    rowOf: ({ topic, data }) => (topic === 'deliveries' ? String(data.deliveryId) : undefined),
    isNew: (event) => isAnyOf(event, deliveryMoved.withheld, deliveryMoved.queued),
    fetchRows: (ids) => queryClient.fetchQuery(api.deliveries.rows.queryOptions({ ids }, { staleTime: 0, gcTime: 0 })),
  });
  const openDelivery = (id: string | undefined) => setUrl({ open: id });
  const { focused, focus } = useListKeys({ ids: rows.map((row) => row.id), openId: open, open: openDelivery });
  const problems = counts?.problems.count ?? 0;

  return (
    <>
      <PageHeader title="Deliveries" answer={answer(counts)} {...(problems > 0 && { tone: 'danger' as const })} />
      <div className="flex flex-wrap items-end gap-x-6 gap-y-3 xl:flex-nowrap">
        <TabsWithCounts
          label="Deliveries by state"
          current={tab}
          renderLink={RouterLink}
          tabs={deliveryTabs.map((key) => ({
            key,
            label: tabLabels[key],
            to: `/deliveries?${new URLSearchParams({ tab: key, ...(q && { q }) })}`,
            ...(counts && { count: counts[key].count, more: counts[key].more }),
          }))}
        />
        <SearchInput
          label="Find deliveries"
          placeholder="Person, address or order"
          value={q}
          onChange={(value) => setUrl({ q: value }, { replace: true })}
        />
      </div>
      <NewRowsBanner count={live.waiting} onShow={live.show} />
      {list.isError ? (
        <FailedQuery what="The deliveries" error={list.error} retry={() => void list.refetch()} />
      ) : list.isSuccess && rows.length === 0 ? (
        <NoDeliveries tab={tab} search={search} />
      ) : (
        <DeliveriesTable
          rows={rows}
          loading={list.isPending}
          focused={focused}
          onOpen={(id) => {
            focus(id);
            openDelivery(id);
          }}
        />
      )}
      <LoadMore more={list.hasNextPage} busy={list.isFetchingNextPage} load={() => void list.fetchNextPage()} />
      <Suspense>
        <DeliveryDrawer id={open} onClose={() => openDelivery(undefined)} />
      </Suspense>
    </>
  );
}

function NoDeliveries({ tab, search }: { tab: DeliveryTab; search: string }) {
  if (search)
    return (
      <EmptyState
        title={`No delivery matches “${search}”`}
        body="Names, addresses and subjects match in part. A subject names its order: “#1042”."
      />
    );
  const orders = (
    <RouterLink to="/orders" className={buttonClass({})}>
      Go to Orders
    </RouterLink>
  );
  return <EmptyState {...emptyWords[tab]} {...(tab === 'all' && { action: orders })} />;
}

function answer(counts: Record<DeliveryTab, { count: number; more: boolean }> | undefined): string {
  if (!counts) return ' ';
  const { problems, moving, all } = counts;
  if (problems.count > 0) return `${formatCount(problems.count)} could not be delivered`;
  if (moving.count > 0) return `${formatCount(moving.count)} in progress`;
  return all.count > 0 ? 'All mail sent' : 'Nothing has been sent yet';
}
