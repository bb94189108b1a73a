import { retryJob } from '@windlass/queue/retry-job';
import { auditPerson } from '../../kit/record-audit.ts';
import { missing, Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';

const FIND = `update delivery set state = case when state = 'failed' then 'queued' else state end, acknowledged_at = null, updated_at = now()
  where id = $1 and shop_id = $2 returning job_id as "jobId", state, order_id as "orderId"`;

/** Tries a failed delivery again: the same message with the same Message-ID, its links given their full life anew. */
export async function retryDelivery(ctx: SignedInContext, id: string): Promise<{ deliveryId: string }> {
  return ctx.services.database.transaction(async (tx) => {
    const delivery = await tx.row<{ jobId: string; state: string; orderId: string }>('retry-delivery', FIND, [id, ctx.person.shopId]);
    if (!delivery) throw missing('delivery');
    if (delivery.state !== 'queued' || !(await retryJob(tx, delivery.jobId))) {
      throw new Refusal('conflict', 'INVALID_STATE', { message: 'Only a failed delivery can be tried again. To send a second message, resend it.' });
    }
    await auditPerson(tx, ctx, { action: 'deliveries.retry', subject: id });
    return { deliveryId: id };
  });
}
