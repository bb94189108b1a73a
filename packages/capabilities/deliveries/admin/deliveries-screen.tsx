import { useQuery } from '@tanstack/react-query';
import { isAnyOf } from '@windlass/live/define-event';
import { formatCount } from '@windlass/ui/format';
import { PageHeader } from '@windlass/ui/page-header';
import { Suspense } from 'react';
import { sliceOf } from '../../kit/api.ts';
import { lazyPart } from '../../kit/lazy-part.ts';
import { DateFilter } from '../../kit/list-screen/date-filter.tsx';
import { isOver } from '../../kit/list-screen/date-range.ts';
import { describeRange } from '../../kit/list-screen/describe-range.ts';
import { FilterChips } from '../../kit/list-screen/filter-chips.tsx';
import { ListBar } from '../../kit/list-screen/list-bar.tsx';
import { ListBody } from '../../kit/list-screen/list-body.tsx';
import { ListTable } from '../../kit/list-screen/list-table.tsx';
import { useList } from '../../kit/list-screen/use-list.tsx';
import { useListUrl } from '../../kit/list-screen/use-list-url.tsx';
import { deliveryMoved } from '../events.ts';
import type { DeliveryTab } from '../rules.ts';
import type { DeliveriesSlice } from '../server/router.ts';
import { deliveryColumns } from './delivery-columns.tsx';
import { listOptions, readList, tabLabels } from './deliveries-list.ts';
import { NoDeliveries } from './no-deliveries.tsx';

/** Comes after the list: nobody opens a row before seeing it. */
const DeliveryDrawer = lazyPart(() => import('./delivery-drawer.tsx').then((file) => file.DeliveryDrawer));

const useApi = sliceOf<DeliveriesSlice>();

/** The ledger: what was said to whom, and what came of it. */
export default function DeliveriesScreen() {
  const api = useApi();
  const shown = useListUrl(readList);
  const counts = useQuery(api.deliveries.counts.queryOptions()).data;
  const list = useList({
    query: listOptions(api, shown),
    rowsOf: (ids) => api.deliveries.rows.queryOptions({ ids }),
    rowOf: ({ topic, data }) => (topic === 'deliveries' ? String(data.deliveryId) : undefined),
    isNew: (event) => !isOver(shown) && isAnyOf(event, deliveryMoved.withheld, deliveryMoved.queued),
  });
  const problems = counts?.problems.count ?? 0;

  return (
    <>
      <PageHeader title="Deliveries" answer={answer(counts)} {...(problems > 0 && { tone: 'danger' as const })} />
      <ListBar
        path="/deliveries"
        label="Deliveries by state"
        tabs={tabLabels}
        counts={counts}
        find={{ label: 'Find deliveries', placeholder: 'Person, address or order' }}
        filter={<DateFilter what="Created" />}
      />
      <FilterChips what="Created" />
      <ListBody
        list={list}
        what="The deliveries"
        empty={<NoDeliveries tab={shown.tab} search={shown.q} days={describeRange(shown)} />}
      >
        <ListTable caption="Deliveries" list={list} columns={deliveryColumns} />
      </ListBody>
      <Suspense>
        <DeliveryDrawer id={list.openId} onClose={list.close} />
      </Suspense>
    </>
  );
}

function answer(counts: Record<DeliveryTab, { count: number; more: boolean }> | undefined): string {
  if (!counts) return ' ';
  const { problems, moving, all } = counts;
  if (problems.count > 0) return `${formatCount(problems.count)} could not be delivered`;
  if (moving.count > 0) return `${formatCount(moving.count)} in progress`;
  return all.count > 0 ? 'All mail sent' : 'Nothing has been sent yet';
}
