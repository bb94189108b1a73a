import type { StatusLook } from '@windlass/ui/status-chip';
import type { DeliveryState } from '../../deliveries/contract.ts';
import { deliveryLook } from '../../deliveries/parts/delivery-look.ts';
import type { OrderStatus } from '../contract.ts';

/** How an order looks: its decision, and once approved, its newest delivery. */
export function orderLook(status: OrderStatus, delivery: DeliveryState | undefined): StatusLook {
  switch (status) {
    case 'waiting':
      return { tone: 'neutral', icon: 'circle', label: 'Waiting' };
    case 'rejected':
      return { tone: 'neutral', icon: 'ban', label: 'Rejected' };
    case 'cancelled':
      return { tone: 'neutral', icon: 'cross', label: 'Cancelled' };
    case 'approved':
      return delivery === undefined ? { tone: 'info', icon: 'check', label: 'Approved' } : deliveryLook(delivery);
  }
}
