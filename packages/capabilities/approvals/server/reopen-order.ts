import { recordEvents } from '@windlass/live/record-events';
import { oncePerClick } from '../../kit/once-per-click.ts';
import { auditPerson } from '../../kit/record-audit.ts';
import { notFound, Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import type { Reopening } from '../contract.ts';
import { readOrderNow, refuseDecision } from './read-order-now.ts';
import { setWaiting } from '../../orders/operations.ts';
import { orderReopened } from '../events.ts';

const LOCK = `select number, status, version, erased_at is not null as erased
  from customer_order where id = $1 and shop_id = $2 for update`;
type Locked = { number: number; status: string; version: number; erased: boolean };

/**
 * A rejected order waits for a decision again, however long ago it was rejected. Undo does the same within its seconds.
 */
export async function reopenOrder(
  ctx: SignedInContext,
  input: { orderId: string; version?: number | undefined },
): Promise<Reopening> {
  const { shopId, name: by } = ctx.person;
  return oncePerClick(ctx, { operation: 'approvals.reopen', input }, async (tx) => {
    const order = await tx.row<Locked>('lock-order-to-reopen', LOCK, [input.orderId, shopId]);
    if (!order) throw notFound('order');
    if (order.erased)
      throw new Refusal('conflict', 'ERASED', {
        message: `The customer of order #${order.number} was erased, so nothing can be sent for it.`,
      });
    if (order.status === 'waiting')
      throw new Refusal('conflict', 'INVALID_STATE', {
        message: `Order #${order.number} waits for a decision already.`,
      });
    if (order.status !== 'rejected')
      throw refuseDecision((await readOrderNow(tx, input.orderId, shopId))!, 'reopened', input.version);
    if (input.version !== undefined && input.version !== order.version) {
      throw new Refusal('conflict', 'STALE', {
        message: `Order #${order.number} was rejected anew since you opened it. Look again, then decide.`,
        fields: { version: `It is at version ${order.version}; you saw ${input.version}.` },
      });
    }
    const [version] = await setWaiting(tx, [input.orderId]);
    await recordEvents(tx, [orderReopened({ shopId, subject: input.orderId, data: { by } })]);
    await auditPerson(tx, ctx, { action: 'approvals.reopen', subject: input.orderId });
    return { success: true, message: `Order #${order.number} waits for you again.`, version: version! };
  });
}
