import { FailureNote } from '@windlass/ui/failure-note';
import { concernList } from '../../approvals/rules.ts';
import type { OrderDetail } from '../contract.ts';

/**
 * Above an order that its shop says something against: before the decision what it is, after it what the shop said
 * since.
 */
export function ShopNote({ order }: { order: OrderDetail }) {
  const { status, concerns, timeline } = order;
  if (concerns.length === 0) return null;
  if (status === 'waiting') {
    return (
      <FailureNote
        tone="warning"
        sentence={`The shop says that this order ${concernList(concerns)}.`}
        fix="Nothing is sent unless you approve it all the same. Approving many leaves it out."
      />
    );
  }
  const since = timeline.filter(({ type, data }) => type === 'order.changed-by-shop' && data.status === 'approved');
  if (status !== 'approved' || since.length === 0) return null;
  const cancelled = since.some(({ data }) => data.cancelled === true);
  return (
    <FailureNote
      tone="warning"
      sentence={
        cancelled
          ? 'The shop cancelled this order after it was approved.'
          : `Since it was approved, the shop says that this order ${concernList(concerns)}.`
      }
      fix="Revoke its links if the customer is not to have the files."
    />
  );
}
