import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { PageHeader } from '@windlass/ui/page-header';
import { Skeleton } from '@windlass/ui/skeleton';
import { useShortcuts } from '@windlass/ui/use-shortcuts';
import { RejectQuestion } from '../../approvals/parts/reject-question.tsx';
import { useDecisions } from '../../approvals/parts/use-decisions.tsx';
import { sliceOf } from '../../kit/api.ts';
import { FailedQuery } from '../../kit/failed-query.tsx';
import { useMayAct } from '../../kit/person.tsx';
import type { OrderDetail } from '../contract.ts';
import type { OrdersSlice } from '../server/router.ts';
import { BackToOrders } from './back-to-orders.tsx';
import { OrderActions } from './order-actions.tsx';
import { OrderBody } from './order-body.tsx';
import { OrderChip } from './order-status.tsx';
import { useOrderKeys } from './use-order-keys.tsx';

const useApi = sliceOf<OrdersSlice>();

/** One order on its own page. */
export default function OrderScreen() {
  const { id = '' } = useParams({ strict: false });
  const query = useQuery(useApi().orders.get.queryOptions({ id }));
  useOrderKeys(id);
  if (query.isError) return <FailedQuery what="The order" error={query.error} retry={() => void query.refetch()} />;
  if (!query.data)
    return (
      <div className="flex flex-col gap-4 pt-6">
        <Skeleton className="h-8 w-64" />
        <Skeleton className="h-64 w-full" />
      </div>
    );
  return <Loaded key={id} order={query.data} />;
}

function Loaded({ order }: { order: OrderDetail }) {
  const decisions = useDecisions();
  const which = { orderId: order.id, version: order.version };
  const waiting = useMayAct('operator') && order.status === 'waiting';
  useShortcuts('Orders', [
    {
      keys: 'a',
      label: 'Approve the order',
      when: waiting && order.concerns.length === 0,
      run: () => decisions.approve.mutate(which),
    },
    {
      keys: 'r',
      label: 'Reject the order',
      when: waiting,
      run: () => decisions.askReject({ ...which, number: order.number }),
    },
  ]);
  return (
    <>
      <PageHeader
        back={<BackToOrders />}
        title={`Order #${order.number}`}
        status={<OrderChip order={order} />}
        answer={order.customerName}
        actions={<OrderActions order={order} decisions={decisions} />}
      />
      <OrderBody order={order} />
      <RejectQuestion decisions={decisions} />
    </>
  );
}
