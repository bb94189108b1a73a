import { Progress } from '@windlass/ui/progress';
import { StatusChip } from '@windlass/ui/status-chip';
import { DeliveryFix } from '../../deliveries/parts/delivery-fix.tsx';
import { DeliveryBar, DeliveryProgress, useVisibleDelivery } from '../../deliveries/parts/delivery-status.tsx';
import { isProblem } from '../../deliveries/rules.ts';
import type { OrderDetail, OrderRow, OrderStatus } from '../contract.ts';
import { orderBadge } from './order-badge.ts';
import { orderMail } from './order-mail.ts';
import { ShopChips } from './shop-chips.tsx';

type Facts = Pick<OrderRow, 'status' | 'stage' | 'downloaded' | 'delivery'>;

export function OrderChip({ order }: { order: Facts }) {
  const delivery = useVisibleDelivery(order.delivery);
  return <StatusChip {...orderBadge(order, delivery)} />;
}

/** In a list: the chip, and beside it the bar of what is moving or the sentence of what failed. */
export function OrderStatusCell({
  order,
  onOpen,
}: {
  order: Facts & Pick<OrderRow, 'paymentStatus' | 'concerns' | 'rejectionReason'>;
  onOpen: () => void;
}) {
  const failed = order.delivery && isProblem(order.delivery.state) ? order.delivery.errorSentence : undefined;
  return (
    <span className="flex min-w-0 items-center gap-3 max-lg:flex-wrap">
      <OrderChip order={order} />
      {(order.status === 'waiting' || (order.status === 'approved' && order.concerns.length > 0)) && (
        <ShopChips order={order} brief />
      )}
      {order.rejectionReason && (
        <span className="min-w-0 truncate text-xs text-muted max-lg:hidden" title={order.rejectionReason}>
          {order.rejectionReason}
        </span>
      )}
      {order.status === 'approved' && order.delivery && (
        <span className="flex min-w-0 flex-1 items-center gap-3 max-lg:hidden max-2xl:in-[body:has([data-side-panel])]:hidden">
          {failed ? (
            <span className="min-w-0 truncate text-xs text-muted" title={failed}>
              {failed}
            </span>
          ) : (
            <span className="min-w-0 flex-1">
              <DeliveryProgress delivery={order.delivery} />
            </span>
          )}
          <span className="ml-auto flex shrink-0">
            <DeliveryFix delivery={order.delivery} onOpen={onOpen} />
          </span>
        </span>
      )}
    </span>
  );
}

/** On the order's own page: always one bar, whatever the order waits for, so that nothing below it ever moves. */
export function OrderBar({ order }: { order: Pick<OrderDetail, 'id' | 'status' | 'deliveries' | 'delivery'> }) {
  const newest = orderMail(order);
  if (order.status === 'approved' && newest) return <DeliveryBar delivery={newest} />;
  return <Progress value={0} label={idleWords[order.status]} waiting={idleWords[order.status]} workKey={order.id} />;
}

const idleWords: Record<OrderStatus, string> = {
  waiting: 'Waiting for you',
  approved: 'In progress',
  rejected: 'Rejected: nothing is sent',
  cancelled: 'Cancelled: nothing is sent',
};
