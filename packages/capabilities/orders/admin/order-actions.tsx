import { Button } from '@windlass/ui/button';
import { useShortcuts } from '@windlass/ui/use-shortcuts';
import type { useDecisions } from '../../approvals/parts/use-decisions.tsx';
import { useDeliveryActions } from '../../deliveries/parts/use-delivery-actions.tsx';
import { canResend, canResolve } from '../../deliveries/rules.ts';
import { useMayAct } from '../../kit/person.tsx';
import { useNow } from '../../kit/use-now.tsx';
import type { OrderDetail } from '../contract.ts';

/** What can be done with an order now. */
export function OrderActions({ order, decisions }: { order: OrderDetail; decisions: ReturnType<typeof useDecisions> }) {
  const { resend, retry } = useDeliveryActions();
  const now = useNow(order.undoUntil !== null);
  const undoable = order.undoUntil !== null && new Date(order.undoUntil) > now;
  const newest = order.deliveries.at(-1);
  const mayAct = useMayAct('operator');
  // To an address that was corrected since, the same message would only fail again: a new one goes to the new address.
  const corrected = newest !== undefined && newest.recipient !== order.customerEmail;
  const failed = mayAct && order.status === 'approved' && newest?.state === 'failed' && !corrected ? newest : undefined;
  useShortcuts('Orders', [{ keys: 'r', label: 'Try the mail again', when: failed !== undefined, run: () => failed && retry.mutate({ id: failed.id }) }]);
  if (!mayAct) return null;
  const which = { orderId: order.id, version: order.version };

  if (order.status === 'waiting') {
    return (
      <>
        <Button variant="primary" kbd="a" loading={decisions.approve.isPending} onClick={() => decisions.approve.mutate(which)}>Approve</Button>
        <Button kbd="r" loading={decisions.reject.isPending} onClick={() => decisions.reject.mutate(which)}>Reject</Button>
      </>
    );
  }
  if (undoable) return <Button loading={decisions.undo.isPending} onClick={() => decisions.undo.mutate({ orderId: order.id })}>Undo</Button>;
  if (order.status !== 'approved' || !newest || !canResend(newest.state) || canResolve(newest.state)) return null;
  return (
    <>
      {failed && <Button variant="primary" kbd="r" loading={retry.isPending} onClick={() => retry.mutate({ id: failed.id })}>Try again</Button>}
      <Button variant={corrected ? 'primary' : 'secondary'} loading={resend.isPending} onClick={() => resend.mutate({ id: newest.id })}>
        {corrected ? 'Resend to the new address' : 'Resend'}
      </Button>
    </>
  );
}
