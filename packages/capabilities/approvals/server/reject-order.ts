import { oncePerClick } from '../../kit/once-per-click.ts';
import { auditPerson } from '../../kit/record-audit.ts';
import { notFound } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import type { Decision } from '../contract.ts';
import { rejectAndTell } from '../reject-and-tell.ts';
import type { OneDecision } from './approve-order.ts';
import { readOrderNow, refuseDecision } from './read-order-now.ts';

/** Nothing is sent for a rejected order. It can be taken back within the same window as an approval. */
export async function rejectOrder(ctx: SignedInContext, input: OneDecision): Promise<Decision> {
  const { settings } = ctx.services;
  return oncePerClick(ctx, { operation: 'approvals.reject', input }, async (tx) => {
    const [order] = await rejectAndTell(tx, [{ id: input.orderId, version: input.version }], {
      shopId: ctx.person.shopId,
      by: ctx.person,
      notes: input.notes ?? null,
    });
    if (!order) {
      const now = await readOrderNow(tx, input.orderId, ctx.person.shopId);
      if (!now) throw notFound('order');
      if (now.status !== 'rejected') throw refuseDecision(now, 'rejected', input.version);
      return {
        success: true,
        message: 'This order was rejected already.',
        alreadyDone: true,
        orderId: input.orderId,
        number: now.number,
        version: now.version,
        undoUntil: null,
      };
    }
    await auditPerson(tx, ctx, { action: 'approvals.reject', subject: input.orderId });
    const { undoSeconds } = settings;
    const undoUntil =
      undoSeconds > 0 ? new Date(Date.parse(order.rejectedAt) + undoSeconds * 1000).toISOString() : null;
    return {
      success: true,
      message: 'Order rejected. Nothing is sent.',
      alreadyDone: false,
      orderId: input.orderId,
      number: order.number,
      version: order.version,
      undoUntil,
    };
  });
}
