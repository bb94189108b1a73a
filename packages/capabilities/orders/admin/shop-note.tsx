import { FailureNote } from '@windlass/ui/failure-note';
import { concernList } from '../../approvals/rules.ts';
import type { OrderDetail } from '../contract.ts';
import { changedByShop } from '../events.ts';

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
  const changes = timeline.flatMap((event) => changedByShop.read(event) ?? []);
  const since = changes.filter((change) => change.status === 'approved');
  if (status !== 'approved' || since.length === 0) return null;
  const cancelled = since.some((change) => change.cancelled);
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
