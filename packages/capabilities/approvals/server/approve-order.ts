import { recordEvents } from '@windlass/live/record-events';
import type { Tx } from '@windlass/db/sql';
import { oncePerClick } from '../../kit/once-per-click.ts';
import { auditPerson } from '../../kit/record-audit.ts';
import { missing, Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { createDelivery } from '../../deliveries/operations.ts';
import { CONCERNS, matchBundles } from '../../orders/operations.ts';
import type { Decision, OrderConcern } from '../contract.ts';
import { bundleLinks } from '../messages/bundle-links-delivery.ts';
import { tellLinesLeftOut } from './lines-left-out.ts';
import { type OrderNow, readOrderNow, refuseDecision, refuseUnseen } from './read-order-now.ts';
import { orderApproved } from '../events.ts';

const APPROVE = `update customer_order o set status = 'approved', stage = 'moving', approved_at = now(), approved_by = $3, admin_notes = $4, version = version + 1
  where id = $1 and shop_id = $2 and status = 'waiting' and ($5::int is null or version = $5) and ${CONCERNS} <@ $6::text[]
    and exists (select 1 from order_line l join bundle b on b.id = l.bundle_id where l.order_id = o.id and b.object_key is not null)
  returning number, version, customer_name as "customerName", customer_email as "customerEmail", ${CONCERNS} as despite`;

type Approved = {
  number: number;
  version: number;
  customerName: string;
  customerEmail: string;
  despite: OrderConcern[];
};
export type OneDecision = { orderId: string; version?: number | undefined; notes?: string | undefined };
/** `despite`: what the shop says against it, as the person saw it who approves it nevertheless. */
export type Approval = OneDecision & { despite?: readonly OrderConcern[] | undefined };

/**
 * The click: order, delivery, job, events and audit row commit together or not at all, and nothing here touches storage
 * or the mail server. Who comes second learns that it is done (same decision) or by whom it was decided otherwise.
 */
export async function approveOrder(ctx: SignedInContext, input: Approval): Promise<Decision> {
  const { settings } = ctx.services;
  return oncePerClick(ctx, { operation: 'approvals.approve', input }, async (tx) => {
    await matchBundles(tx, ctx.person.shopId, [input.orderId]);
    const order = await tx.row<Approved>('approve-order', APPROVE, [
      input.orderId,
      ctx.person.shopId,
      ctx.person.id,
      input.notes ?? null,
      input.version ?? null,
      input.despite ?? [],
    ]);
    if (!order) return afterTheFact(tx, ctx, input);
    await recordEvents(tx, [
      orderApproved({
        shopId: ctx.person.shopId,
        subject: input.orderId,
        data: {
          by: ctx.person.name,
          notes: input.notes ?? null,
          ms: performance.now() - ctx.startedAt,
          ...despiteOf(order),
        },
      }),
    ]);
    const delivery = await createDelivery(tx, bundleLinks(input.orderId, order), {
      shopId: ctx.person.shopId,
      kind: 'bundle-links',
      holdSeconds: settings.undoSeconds,
      createdBy: ctx.person.id,
      requestId: ctx.requestId,
    });
    await auditPerson(tx, ctx, { action: 'approvals.approve', subject: input.orderId, data: despiteOf(order) });
    return answer({
      ...order,
      orderId: input.orderId,
      undoUntil: delivery?.heldUntil ?? null,
      alreadyDone: false,
      leftOut: await tellLinesLeftOut(tx, input.orderId),
    });
  });
}

async function afterTheFact(tx: Tx, ctx: SignedInContext, input: Approval): Promise<Decision> {
  const now: OrderNow | undefined = await readOrderNow(tx, input.orderId, ctx.person.shopId);
  if (!now) throw missing('order');
  if (now.status === 'approved') return answer({ ...now, orderId: input.orderId, alreadyDone: true });
  if (now.status === 'waiting' && (input.version ?? now.version) === now.version) {
    if (!now.deliverable) {
      throw new Refusal('invalid', 'NOTHING_TO_DELIVER', {
        message:
          'No line of this order has a bundle whose file is there, so nothing could be sent. Add the file under the line’s SKU, then approve.',
      });
    }
    if (now.concerns.length > 0) throw refuseUnseen(now);
  }
  throw refuseDecision(now, 'approved', input.version);
}

/** What was waived, for the record; of an order that nothing was said against, nothing. */
const despiteOf = ({ despite }: Approved): { despite?: OrderConcern[] } => (despite.length > 0 ? { despite } : {});

const answer = (order: {
  orderId: string;
  number: number;
  version: number;
  undoUntil: string | null;
  alreadyDone: boolean;
  leftOut?: string | undefined;
}): Decision => ({
  success: true,
  message: order.alreadyDone
    ? 'This order was approved already. Its mail is sent once.'
    : `Order approved. The download links will be sent via email shortly.${order.leftOut ? ` ${order.leftOut}` : ''}`,
  alreadyDone: order.alreadyDone,
  orderId: order.orderId,
  number: order.number,
  version: order.version,
  undoUntil: order.undoUntil,
  ...(order.leftOut && { leftOut: order.leftOut }),
});
