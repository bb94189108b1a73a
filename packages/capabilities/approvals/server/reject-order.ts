import { recordEvents } from '@windlass/live/record-events';
import { oncePerClick } from '../../kit/once-per-click.ts';
import { auditPerson } from '../../kit/record-audit.ts';
import { missing } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import type { Decision } from '../contract.ts';
import type { OneDecision } from './approve-order.ts';
import { readOrderNow, refuseDecision } from './read-order-now.ts';
import { orderRejected } from '../events.ts';

const REJECT = `update customer_order set status = 'rejected', stage = 'closed', rejected_at = now(), rejected_by = $3, admin_notes = $4, version = version + 1
  where id = $1 and shop_id = $2 and status = 'waiting' and ($5::int is null or version = $5)
  returning number, version, to_char((now() + make_interval(secs => $6::float8)) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "undoUntil"`;

/** Nothing is sent for a rejected order. It can be taken back within the same window as an approval. */
export async function rejectOrder(ctx: SignedInContext, input: OneDecision): Promise<Decision> {
  const { settings } = ctx.services;
  return oncePerClick(ctx, { operation: 'approvals.reject', input }, async (tx) => {
    const order = await tx.row<{ number: number; version: number; undoUntil: string }>('reject-order', REJECT, [
      input.orderId,
      ctx.person.shopId,
      ctx.person.id,
      input.notes ?? null,
      input.version ?? null,
      settings.undoSeconds,
    ]);
    if (!order) {
      const now = await readOrderNow(tx, input.orderId, ctx.person.shopId);
      if (!now) throw missing('order');
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
    await recordEvents(tx, [
      orderRejected({
        shopId: ctx.person.shopId,
        subject: input.orderId,
        data: { by: ctx.person.name, notes: input.notes ?? null },
      }),
    ]);
    await auditPerson(tx, ctx, { action: 'approvals.reject', subject: input.orderId });
    const undoUntil = settings.undoSeconds > 0 ? order.undoUntil : null;
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
