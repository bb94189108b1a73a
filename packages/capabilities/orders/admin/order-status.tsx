import { Progress } from '@windlass/ui/progress';
import { StatusChip } from '@windlass/ui/status-chip';
import { DeliveryBar, DeliveryProgress, useVisibleDelivery } from '../../deliveries/parts/delivery-status.tsx';
import { isProblem } from '../../deliveries/rules.ts';
import type { OrderDetail, OrderRow, OrderStatus } from '../contract.ts';
import { orderLook } from './order-look.ts';

type Facts = Pick<OrderRow, 'status' | 'delivery'>;

export function OrderChip({ order }: { order: Facts }) {
  const delivery = useVisibleDelivery(order.delivery);
  return <StatusChip {...orderLook(order.status, delivery?.state)} />;
}

/** In a list: the chip, and beside it the bar of what is moving or the sentence of what failed. */
export function OrderStatusCell({ order }: { order: Facts }) {
  const failed = order.delivery && isProblem(order.delivery.state) ? order.delivery.errorSentence : undefined;
  return (
    <span className="flex min-w-0 items-center gap-3">
      <OrderChip order={order} />
      {order.status === 'approved' && order.delivery && (
        <span className="min-w-0 flex-1 max-lg:hidden max-2xl:in-[body:has([data-side-panel])]:hidden">
          {failed ? <span className="block truncate text-xs text-muted" title={failed}>{failed}</span> : <DeliveryProgress delivery={order.delivery} />}
        </span>
      )}
    </span>
  );
}

/** On the order's own page: always one bar, whatever the order waits for, so that nothing below it ever moves. */
export function OrderBar({ order }: { order: Pick<OrderDetail, 'id' | 'status' | 'deliveries'> }) {
  const newest = order.deliveries.at(-1);
  if (order.status === 'approved' && newest) return <DeliveryBar delivery={newest} />;
  return <Progress value={0} label={idleWords[order.status]} waiting={idleWords[order.status]} workKey={order.id} />;
}

const idleWords: Record<OrderStatus, string> = {
  waiting: 'Waits for a decision',
  approved: 'Approved',
  rejected: 'Rejected: nothing is sent',
  cancelled: 'Cancelled: nothing is sent',
};
