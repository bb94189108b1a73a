import { useQuery } from '@tanstack/react-query';
import { useRouterState } from '@tanstack/react-router';
import { isAnyOf } from '@windlass/live/define-event';
import { formatCount } from '@windlass/ui/format';
import { PageHeader } from '@windlass/ui/page-header';
import { Suspense } from 'react';
import { BatchLines } from '../../approvals/parts/batch-lines.tsx';
import { useBulk } from '../../approvals/parts/use-bulk.tsx';
import { useDecisions } from '../../approvals/parts/use-decisions.tsx';
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
import { useMayAct } from '../../kit/person.tsx';
import { useSelection } from '../../kit/use-selection.tsx';
import { orderPlaced, ordersImported } from '../events.ts';
import { RefusedDeletion } from '../parts/refused-deletion.tsx';
import type { OrdersSlice } from '../server/router.ts';
import { IntakeActions } from './intake-actions.tsx';
import { listOptions } from './list-options.ts';
import { NoOrders } from './no-orders.tsx';
import { orderColumns } from './order-columns.tsx';
import { readList, tabLabels } from './order-tabs.ts';
import { canTick, tickColumn } from './tick-column.tsx';
import { useListShortcuts } from './use-list-shortcuts.tsx';

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

/** Orders: what waits for a decision, what is on its way, what went wrong. */
export default function OrdersScreen() {
  const api = useApi();
  const shown = useListUrl(readList);
  const { tab, q, batch } = shown;
  const days = describeRange(shown);
  const counts = useQuery(api.orders.counts.queryOptions()).data;
  const list = useList({
    query: listOptions(api, shown),
    rowsOf: (ids) => api.orders.rows.queryOptions({ ids }),
    rowOf: ({ topic, subject }) =>
      topic === 'orders' || topic === 'approvals' || topic === 'deliveries' ? subject : undefined,
    isNew: (event) => !isOver(shown) && (isAnyOf(event, orderPlaced) || (ordersImported.read(event)?.orders ?? 0)),
    // Back from an order's page, the list stands on that order's row.
    start: useRouterState({ select: ({ location }) => (location.state as { row?: string }).row }),
  });
  const { rows, focused } = list;
  const decisions = useDecisions();
  const mayAct = useMayAct('operator');
  const selection = useSelection({ ids: rows.filter(canTick).map((row) => row.id), focused, enabled: mayAct });
  const selecting = selection.ids.length > 0;
  const ticking = mayAct && (tab === 'waiting' || tab === 'all');
  const bulk = useBulk(() => {
    selection.clear();
    window.scrollTo({ top: 0 }); // to the line that tells how the batch fares
  });
  const target = mayAct && !selecting ? rows.find((row) => row.id === focused && canTick(row)) : undefined;
  useListShortcuts({ target, open: list.open, decisions });

  return (
    <>
      <PageHeader title="Orders" answer={answer(counts)} actions={<IntakeActions list={shown} />} />
      <BatchLines />
      <RefusedDeletion />
      <ListBar
        path="/orders"
        label="Orders by status"
        tabs={tabLabels}
        counts={counts}
        find={{ label: 'Find orders', placeholder: 'Number, name or e-mail' }}
        filter={<DateFilter what="Placed" />}
      />
      <FilterChips what="Placed" />
      {batch && (
        <Suspense>
          <BatchSummary id={batch} />
        </Suspense>
      )}
      <ListBody
        list={list}
        what="The orders"
        empty={<NoOrders tab={counts?.all.count === 0 ? 'all' : tab} search={q} days={days} />}
      >
        <ListTable
          caption="Orders"
          list={list}
          room={12}
          columns={[...(ticking ? [tickColumn(rows, selection)] : []), ...orderColumns(shown)]}
          isSelected={ticking ? selection.has : undefined}
          mark={(order) => ({ 'data-order': order.number })}
        />
      </ListBody>
      {selecting && (
        <Suspense>
          <BulkBar
            selection={selection}
            leftOut={rows.filter((row) => row.concerns.length > 0 && selection.has(row.id)).length}
            bulk={bulk}
            search={q}
            pageFull={tab === 'waiting' && !batch && !days}
          />
        </Suspense>
      )}
      <Suspense>{decisions.asked && <RejectQuestion decisions={decisions} />}</Suspense>
      <Suspense>
        <OrderDrawer id={list.openId} list={shown} onClose={list.close} decisions={decisions} />
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
