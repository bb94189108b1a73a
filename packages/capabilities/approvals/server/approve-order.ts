import type { Tx } from '@windlass/db/sql';
import { oncePerClick } from '../../kit/once-per-click.ts';
import { auditPerson } from '../../kit/record-audit.ts';
import { notFound, Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { approveAndSend, despiteOf } from '../approve-and-send.ts';
import type { Decision, OrderConcern } from '../contract.ts';
import { describeLinesLeftOut } from './lines-left-out.ts';
import { type OrderNow, readOrderNow, refuseDecision, refuseUnseen } from './read-order-now.ts';

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
    const { orders, deliveries } = await approveAndSend(tx, [{ id: input.orderId, version: input.version }], {
      shopId: ctx.person.shopId,
      by: ctx.person,
      notes: input.notes ?? null,
      requestId: ctx.requestId,
      holdSeconds: settings.undoSeconds,
      despite: input.despite ?? [],
      tookMs: () => performance.now() - ctx.startedAt,
    });
    const order = orders[0];
    if (!order) return afterTheFact(tx, ctx, input);
    await auditPerson(tx, ctx, { action: 'approvals.approve', subject: input.orderId, data: despiteOf(order) });
    return answer({
      ...order,
      orderId: input.orderId,
      undoUntil: deliveries[0]?.heldUntil ?? null,
      alreadyDone: false,
      leftOut: await describeLinesLeftOut(tx, input.orderId),
    });
  });
}

async function afterTheFact(tx: Tx, ctx: SignedInContext, input: Approval): Promise<Decision> {
  const now: OrderNow | undefined = await readOrderNow(tx, input.orderId, ctx.person.shopId);
  if (!now) throw notFound('order');
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
