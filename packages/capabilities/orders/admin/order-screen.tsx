import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { linkStyle } from '@windlass/ui/link-style';
import { PageHeader } from '@windlass/ui/page-header';
import { Skeleton } from '@windlass/ui/skeleton';
import { useShortcuts } from '@windlass/ui/use-shortcuts';
import { useDecisions } from '../../approvals/parts/use-decisions.tsx';
import { sliceOf } from '../../kit/api.ts';
import { FailedQuery } from '../../kit/failed-query.tsx';
import { useMayAct } from '../../kit/person.tsx';
import { RouterLink } from '../../kit/render-link.tsx';
import type { OrderDetail } from '../contract.ts';
import type { OrdersSlice } from '../server/router.ts';
import { OrderActions } from './order-actions.tsx';
import { OrderBody } from './order-body.tsx';
import { OrderChip } from './order-status.tsx';

const useApi = sliceOf<OrdersSlice>();

/** One order on its own page. */
export default function OrderScreen() {
  const { id = '' } = useParams({ strict: false });
  const query = useQuery(useApi().orders.get.queryOptions({ id }));
  if (query.isError) return <FailedQuery what="The order" error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <div className="flex flex-col gap-4 pt-6"><Skeleton className="h-8 w-64" /><Skeleton className="h-64 w-full" /></div>;
  return <Loaded order={query.data} />;
}

function Loaded({ order }: { order: OrderDetail }) {
  const decisions = useDecisions();
  const which = { orderId: order.id, version: order.version };
  const waiting = useMayAct('operator') && order.status === 'waiting';
  useShortcuts('Orders', [
    { keys: 'a', label: 'Approve the order', when: waiting, run: () => decisions.approve.mutate(which) },
    { keys: 'r', label: 'Reject the order', when: waiting, run: () => decisions.reject.mutate(which) },
  ]);
  return (
    <>
      <PageHeader
        back={<RouterLink to="/orders" className={linkStyle}>Orders</RouterLink>}
        title={`Order #${order.number}`}
        status={<OrderChip order={order} />}
        answer={order.customerName}
        actions={<OrderActions order={order} decisions={decisions} />}
      />
      <OrderBody order={order} />
    </>
  );
}
