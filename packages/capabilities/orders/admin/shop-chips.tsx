import { StatusChip } from '@windlass/ui/status-chip';
import type { OrderRow } from '../contract.ts';
import { paymentBadge, standingBadge } from '../parts/shop-badge.ts';

type Facts = Pick<OrderRow, 'paymentStatus' | 'concerns'>;

/**
 * What the shop says of an order: how it is paid, and what else stands against sending it. `brief` leaves out what
 * nobody must look at.
 */
export function ShopChips({ order, brief = false }: { order: Facts; brief?: boolean }) {
  const { paymentStatus, concerns } = order;
  const standing = concerns.filter((concern) => concern === 'cancelled' || concern === 'draft' || concern === 'test');
  return (
    <>
      {paymentStatus && !(brief && paymentStatus === 'paid') && <StatusChip {...paymentBadge(paymentStatus)} />}
      {standing.map((concern) => (
        <StatusChip key={concern} {...standingBadge(concern)} />
      ))}
    </>
  );
}
