import type { StatusBadge } from '@windlass/ui/status-chip';
import type { DeliveryState } from '../../deliveries/contract.ts';
import { type DeliveryNow, deliveryBadge } from '../../deliveries/parts/delivery-badge.ts';
import { isMoving } from '../../deliveries/rules.ts';
import type { OrderRow } from '../contract.ts';

type Delivery = DeliveryNow & { state: DeliveryState };

/** How an order looks: its decision, and once approved, what became of it; the words are those of the tabs. */
export function orderBadge(
  order: Pick<OrderRow, 'status' | 'stage' | 'downloaded'>,
  delivery: Delivery | null,
): StatusBadge {
  switch (order.status) {
    case 'waiting':
      return { tone: 'neutral', icon: 'circle', label: 'Waiting for you' };
    case 'rejected':
      return { tone: 'neutral', icon: 'ban', label: 'Rejected' };
    case 'cancelled':
      return { tone: 'neutral', icon: 'cross', label: 'Cancelled' };
    case 'approved':
      return delivery && isMoving(delivery.state) ? movingBadge(delivery) : endedBadge(order, delivery);
  }
}

/**
 * A mail that can still be undone says when it leaves, a late one that it is; the steps between are the bar's to tell.
 */
function movingBadge(delivery: Delivery): StatusBadge {
  if (delivery.state === 'withheld' || delivery.late) return deliveryBadge(delivery.state, delivery);
  return { tone: 'info', icon: 'arrow', label: 'In progress', moving: true };
}

function endedBadge(
  { stage, downloaded }: Pick<OrderRow, 'stage' | 'downloaded'>,
  delivery: Delivery | null,
): StatusBadge {
  switch (stage) {
    case 'problem':
      return delivery?.state === 'uncertain'
        ? { tone: 'warning', icon: 'question', label: 'Problem' }
        : { tone: 'danger', icon: 'cross', label: 'Problem' };
    case 'delivered':
      return downloaded
        ? { tone: 'success', icon: 'check-double', label: 'Downloaded' }
        : { tone: 'success', icon: 'check', label: 'Sent' };
    case 'closed':
      return {
        tone: 'neutral',
        icon: 'check',
        label: delivery?.state === 'failed' || delivery?.state === 'bounced' ? 'Acknowledged' : 'Done',
      };
    case 'moving':
    case 'waiting':
      return { tone: 'info', icon: 'arrow', label: 'In progress' };
  }
}
