import { auditPerson } from '../../kit/record-audit.ts';
import { notFound, Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { type DeliveryState, deliveryStates, isAccountMessage, type MessageKind, ORDER_MESSAGE } from '../contract.ts';
import { createDelivery } from '../operations.ts';
import { canResend, isMoving } from '../rules.ts';

const LOCK = `select d.id, d.kind, d.state, d.subject, d.order_id as "orderId", o.status as "orderStatus",
  d.erased_at is not null as erased, o.customer_name as name, o.customer_email as address,
    r.resends, r.moving
  from delivery d left join customer_order o on o.id = d.order_id,
    lateral (select count(*)::int as resends, coalesce(bool_or(x.state = any($3::delivery_state[])), false) as moving
      from delivery x where x.resend_of = d.id) r
  where d.id = $1 and d.shop_id = $2 for update of d`;
type Locked = {
  id: string;
  kind: MessageKind;
  state: DeliveryState;
  subject: string;
  erased: boolean;
  resends: number;
  moving: boolean;
} & (
  | { orderId: string; orderStatus: string; name: string; address: string }
  | { orderId: null; orderStatus: null; name: null; address: null }
);
const MOVING = deliveryStates.filter(isMoving);

/**
 * A new delivery of the same kind, with fresh links, to the address the order has now. Not a retry: the first keeps its
 * record.
 */
export async function resendDelivery(ctx: SignedInContext, id: string): Promise<{ deliveryId: string }> {
  return ctx.services.database.transaction(async (tx) => {
    const first = await tx.row<Locked>('lock-delivery-for-resend', LOCK, [id, ctx.person.shopId, MOVING]);
    if (!first) throw notFound('delivery');
    if (isAccountMessage(first.kind) || first.orderId === null) {
      throw new Refusal('conflict', 'SENT_FROM_SETTINGS', {
        message: 'It is not sent again from here. An admin sends a new one from Settings, People.',
      });
    }
    if (first.erased)
      throw new Refusal('conflict', 'ERASED', {
        message: 'Its customer’s data was erased, so nobody knows where to send it.',
      });
    if (!canResend(first.state)) {
      throw new Refusal('conflict', 'STILL_MOVING', {
        message: 'This message is still on its way. Wait for it, or cancel it, before you send another.',
      });
    }
    if (first.kind === ORDER_MESSAGE && first.orderStatus !== 'approved') {
      throw new Refusal('conflict', 'INVALID_STATE', {
        message: 'The order is no longer approved, so nothing is sent for it.',
      });
    }
    const alreadyResent = () =>
      new Refusal('conflict', 'ALREADY_RESENT', { message: 'It is being sent again already.' });
    if (first.moving) throw alreadyResent();
    // Of two who ask in the same instant the second waits for the first's lock, counts as before it, and finds the key
    // taken.
    const made = await createDelivery(
      tx,
      {
        orderId: first.orderId,
        recipient: { name: first.name, address: first.address },
        subject: first.subject,
        dedupeKey: `${first.id}:resend:${first.resends + 1}`,
        resendOf: first.id,
      },
      {
        shopId: ctx.person.shopId,
        kind: first.kind,
        holdSeconds: 0,
        createdBy: ctx.person.id,
        requestId: ctx.requestId,
      },
    );
    if (!made) throw alreadyResent();
    await auditPerson(tx, ctx, { action: 'deliveries.resend', subject: id, data: { deliveryId: made.id } });
    return { deliveryId: made.id };
  });
}
