import { useQuery } from '@tanstack/react-query';
import { buttonClass } from '@windlass/ui/button';
import { Drawer } from '@windlass/ui/drawer';
import { Skeleton } from '@windlass/ui/skeleton';
import type { Decisions } from '../../approvals/parts/use-decisions.tsx';
import { sliceOf } from '../../kit/api.ts';
import { FailedQuery } from '../../kit/failed-query.tsx';
import { RouterLink } from '../../kit/render-link.tsx';
import type { OrdersSlice } from '../server/router.ts';
import { OrderActions } from './order-actions.tsx';
import { OrderBody } from './order-body.tsx';
import { OrderChip } from './order-status.tsx';
import { listQuery, type OpenList } from './order-tabs.ts';

const useApi = sliceOf<OrdersSlice>();

/** An order beside its list. */
export function OrderDrawer({
  id,
  list,
  onClose,
  decisions,
}: {
  id: string | undefined;
  list: OpenList;
  onClose: () => void;
  decisions: Decisions;
}) {
  const api = useApi();
  const query = useQuery(
    api.orders.get.queryOptions(
      { id: id ?? '' },
      { enabled: id !== undefined, placeholderData: (previous) => (id ? previous : undefined) },
    ),
  );
  const order = query.data?.id === id ? query.data : undefined;
  return (
    <Drawer
      open={id !== undefined}
      onClose={onClose}
      title={order ? `Order #${order.number}` : 'Order'}
      status={order && <OrderChip order={order} />}
      tools={
        order && (
          <RouterLink
            to={`/orders/${order.id}${listQuery(list)}`}
            className={buttonClass({ variant: 'quiet', size: 'sm' })}
          >
            Full page
          </RouterLink>
        )
      }
      footer={order && <OrderActions order={order} decisions={decisions} />}
    >
      {query.isError ? (
        <FailedQuery what="The order" error={query.error} retry={() => void query.refetch()} />
      ) : order ? (
        <OrderBody key={order.id} order={order} narrow />
      ) : (
        <div className="flex flex-col gap-3">
          <Skeleton className="h-5 w-40" />
          <Skeleton className="h-24 w-full" />
          <Skeleton className="h-40 w-full" />
        </div>
      )}
    </Drawer>
  );
}
