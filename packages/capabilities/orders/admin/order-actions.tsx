import { Button } from '@windlass/ui/button';
import { useShortcuts } from '@windlass/ui/use-shortcuts';
import type { Decisions } from '../../approvals/parts/use-decisions.tsx';
import { useDeliveryActions } from '../../deliveries/parts/use-delivery-actions.tsx';
import { canResend, canResolve, canRetry } from '../../deliveries/rules.ts';
import { concernList } from '../../approvals/rules.ts';
import { useMayAct } from '../../kit/person.tsx';
import { useNow } from '../../kit/use-now.tsx';
import type { OrderDetail } from '../contract.ts';
import { orderMail } from './order-mail.ts';

/** What can be done with an order now. */
export function OrderActions({ order, decisions }: { order: OrderDetail; decisions: Decisions }) {
  const { resend, retry } = useDeliveryActions();
  const now = useNow(order.undoUntil !== null);
  const undoable = order.undoUntil !== null && new Date(order.undoUntil) > now;
  const newest = orderMail(order);
  const mayAct = useMayAct('operator');
  const corrected = newest !== undefined && newest.recipient !== order.customerEmail;
  const unsent =
    mayAct && !order.erased && order.status === 'approved' && newest && canRetry(newest.state) ? newest : undefined;
  useShortcuts('Orders', [
    {
      keys: 'r',
      label: 'Try the mail again',
      when: unsent !== undefined,
      run: () => unsent && retry.mutate({ id: unsent.id }),
    },
  ]);
  if (!mayAct || order.erased) return null;
  const which = { orderId: order.id, version: order.version };

  if (order.status === 'waiting') {
    return (
      <>
        {order.concerns.length === 0 ? (
          <Button
            variant="primary"
            kbd="a"
            loading={decisions.approve.isPending}
            onClick={() => decisions.approve.mutate(which)}
          >
            Approve
          </Button>
        ) : (
          // No key does this: it is chosen with what the button says in view.
          <Button
            loading={decisions.approve.isPending}
            onClick={() => decisions.approve.mutate({ ...which, despite: order.concerns })}
          >{`Approve although it ${concernList(order.concerns)}`}</Button>
        )}
        <Button
          kbd="r"
          loading={decisions.reject.isPending}
          onClick={() => decisions.askReject({ ...which, number: order.number })}
        >
          Reject
        </Button>
      </>
    );
  }
  if (undoable)
    return (
      <Button loading={decisions.undo.isPending} onClick={() => decisions.undo.mutate({ orderId: order.id })}>
        Undo
      </Button>
    );
  if (order.status === 'rejected')
    return (
      <Button loading={decisions.reopen.isPending} onClick={() => decisions.reopen.mutate(which)}>
        Reopen order
      </Button>
    );
  if (order.status !== 'approved' || !newest || canResolve(newest.state)) return null;
  if (unsent) {
    const words = corrected ? 'Resend to the new address' : unsent.state === 'failed' ? 'Try again' : 'Try now';
    // The failure's box on the timeline holds the main way out; this one has the key.
    return (
      <Button
        variant={corrected ? 'primary' : 'secondary'}
        kbd="r"
        loading={retry.isPending}
        onClick={() => retry.mutate({ id: unsent.id })}
      >
        {words}
      </Button>
    );
  }
  if (!canResend(newest.state)) return null;
  return (
    <Button
      variant={corrected ? 'primary' : 'secondary'}
      loading={resend.isPending}
      onClick={() => resend.mutate({ id: newest.id })}
    >
      {corrected ? 'Resend to the new address' : 'Resend'}
    </Button>
  );
}
