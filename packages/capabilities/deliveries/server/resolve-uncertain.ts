import type { Tx } from '@windlass/db/sql';
import { recordEvents } from '@windlass/live/record-events';
import { retryJob } from '@windlass/queue/control/retry-job';
import { settleJob } from '@windlass/queue/control/settle-job';
import type { z } from 'zod';
import { settleMessages } from '../../kit/message-settler.ts';
import { auditPerson } from '../../kit/record-audit.ts';
import { notFound, Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { type DeliveryState, type resolveUncertainInput, type resolveUncertainOutput } from '../contract.ts';
import { deliveryMoved } from '../events.ts';
import { fateOf } from '../rules.ts';
import { awaitJobEnd } from './await-job-end.ts';

type Decision = z.infer<typeof resolveUncertainInput>;
const ACTION = 'deliveries.resolve-uncertain';

/**
 * The order's row first where it serves one, then its delivery's, as everywhere: of two who decide at once one waits
 * here and finds it decided.
 */
const LOCK_ORDER = `select o.status from customer_order o
  join delivery d on d.order_id = o.id where d.id = $1 and d.shop_id = $2 for update of o`;
const LOCK = `select d.state, d.job_id as "jobId", coalesce(d.order_id, d.id) as subject,
    (select a.data ->> 'as' from audit_entry a where a.subject = d.id and a.action = '${ACTION}'
      order by a.at desc limit 1) as decided
  from delivery d where d.id = $1 and d.shop_id = $2 for update`;
type Locked = { state: DeliveryState; jobId: string; subject: string; decided: Decision['as'] | null };

const RESOLVE = `update delivery set state = $2::delivery_state, updated_at = now(), error_code = null,
  error_sentence = null, error_hint = null
  where id = $1 returning kind, order_id as subject`;

/**
 * A person's word on a message of which nobody knows whether it was taken: it was (`sent`), or it goes out again
 * (`send_again`: the same message, the same Message-ID). Deciding the same twice answers the same; deciding otherwise
 * afterwards is refused.
 */
export async function resolveUncertain(
  ctx: SignedInContext,
  { deliveryId, as }: Decision,
): Promise<z.infer<typeof resolveUncertainOutput>> {
  await awaitJobEnd(ctx.services.database.sql, { id: deliveryId, shopId: ctx.person.shopId });
  return ctx.services.database.transaction(async (tx) => {
    const order = await tx.row<{ status: string }>('lock-order-of-uncertain', LOCK_ORDER, [
      deliveryId,
      ctx.person.shopId,
    ]);
    const delivery = await tx.row<Locked>('lock-uncertain-delivery', LOCK, [deliveryId, ctx.person.shopId]);
    if (!delivery) throw notFound('delivery');
    if (delivery.state !== 'uncertain') {
      if (delivery.decided === as) return { state: delivery.state, alreadyDone: true };
      throw new Refusal('conflict', 'INVALID_STATE', {
        message: delivery.decided
          ? 'Somebody has decided otherwise meanwhile. Look again.'
          : 'Nothing about this delivery is uncertain.',
      });
    }
    if (as === 'send_again' && order && order.status !== 'approved') {
      throw new Refusal('conflict', 'INVALID_STATE', {
        message: 'The order is no longer approved, so nothing is sent for it.',
      });
    }
    const state = as === 'sent' ? 'sent' : 'queued';
    const resolved = await tx.rows<{ kind: string; subject: string | null }>('resolve-uncertain-delivery', RESOLVE, [
      deliveryId,
      state,
    ]);
    const fate = fateOf(state)!;
    await settleMessages(
      tx,
      ctx.services.messageSettlers,
      resolved.map((one) => ({ ...one, fate })),
    );
    await carryOut(tx, delivery.jobId, as);
    const how = as === 'sent' ? { byHand: true as const } : { again: true as const };
    await recordEvents(tx, [
      deliveryMoved[state]({
        shopId: ctx.person.shopId,
        subject: delivery.subject,
        data: { deliveryId, by: ctx.person.name, ...how },
      }),
    ]);
    await auditPerson(tx, ctx, { action: ACTION, subject: deliveryId, data: { as } });
    return { state, alreadyDone: false };
  });
}

/** The job that failed over the question ends with its answer, or runs again. */
async function carryOut(tx: Tx, jobId: string, as: Decision['as']): Promise<void> {
  const done = as === 'sent' ? await settleJob(tx, jobId) : await retryJob(tx, jobId);
  if (!done) {
    throw new Refusal('conflict', 'BUSY_JOB', {
      message: 'The worker is just writing down what happened. Try again in a second.',
    });
  }
}
