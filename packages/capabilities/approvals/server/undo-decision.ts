import { recordEvents } from '@windlass/live/record-events';
import type { Tx } from '@windlass/db/sql';
import { oncePerClick } from '../../kit/once-per-click.ts';
import { auditPerson } from '../../kit/record-audit.ts';
import { notFound, Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { abortDelivery } from '../../deliveries/operations.ts';
import { setWaiting } from '../../orders/operations.ts';
import { decisionUndone } from '../events.ts';

/**
 * The order's row is locked first, then its delivery: the same order as everywhere, so that two people cannot deadlock.
 */
const LOCK = `select o.id, o.number, o.status,
  o.rejected_at > now() - make_interval(secs => $3::float8) as "justRejected",
    (select d.id from delivery d where d.order_id = o.id and d.state = 'withheld'
      and d.held_until > now()) as "withheldId"
  from customer_order o where o.id = $1 and o.shop_id = $2 and o.erased_at is null for update of o`;
type Locked = { id: string; number: number; status: string; justRejected: boolean | null; withheldId: string | null };

/** Takes a decision back while its mail is withheld: the order waits again and nothing was sent. */
export async function undoDecision(
  ctx: SignedInContext,
  orderId: string,
): Promise<{ success: true; message: string; version: number }> {
  const { settings } = ctx.services;
  return oncePerClick(ctx, { operation: 'approvals.undo', input: { orderId } }, async (tx) => {
    const order = await tx.row<Locked>('lock-order-for-undo', LOCK, [orderId, ctx.person.shopId, settings.undoSeconds]);
    if (!order) throw notFound('order');
    // Before the mail's own event, which it causes; too late, and the refusal takes it back.
    await recordEvents(tx, [
      decisionUndone({
        shopId: ctx.person.shopId,
        subject: orderId,
        data: { by: ctx.person.name },
      }),
    ]);
    if (!(await takeBack(tx, order, ctx.person.id))) {
      throw new Refusal('conflict', 'TOO_LATE', {
        message: `Order #${order.number} can no longer be undone: its ${settings.undoSeconds} seconds have passed.`,
      });
    }
    const [version] = await setWaiting(tx, [orderId]);
    await auditPerson(tx, ctx, { action: 'approvals.undo', subject: orderId });
    return { success: true, message: `Order #${order.number} waits again. Nothing was sent.`, version: version! };
  });
}

async function takeBack(tx: Tx, order: Locked, by: string): Promise<boolean> {
  if (order.status === 'rejected') return order.justRejected === true;
  if (order.status !== 'approved' || !order.withheldId) return false;
  return abortDelivery(tx, order.withheldId, by);
}
