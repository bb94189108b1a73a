import type { StatusBadge } from '@windlass/ui/status-chip';
import type { OrderConcern } from '../../approvals/contract.ts';
import type { PaymentStatus } from '../contract.ts';

/** How what the shop says of the money looks. */
export function paymentBadge(status: PaymentStatus): StatusBadge {
  switch (status) {
    case 'unpaid':
      return { tone: 'warning', icon: 'alert', label: 'Not paid' };
    case 'authorised':
      return { tone: 'warning', icon: 'alert', label: 'Authorised only' };
    case 'paid':
      return { tone: 'success', icon: 'check', label: 'Paid' };
    case 'partly_refunded':
      return { tone: 'neutral', icon: 'circle', label: 'Partly refunded' };
    case 'refunded':
      return { tone: 'warning', icon: 'alert', label: 'Refunded' };
    case 'voided':
      return { tone: 'warning', icon: 'alert', label: 'Payment voided' };
  }
}

/** The rest of what a shop may say against sending an order. */
export function standingBadge(concern: Exclude<OrderConcern, PaymentStatus>): StatusBadge {
  switch (concern) {
    case 'cancelled':
      return { tone: 'danger', icon: 'cross', label: 'Cancelled by the shop' };
    case 'draft':
      return { tone: 'warning', icon: 'alert', label: 'Draft' };
    case 'test':
      return { tone: 'warning', icon: 'alert', label: 'Test' };
  }
}
