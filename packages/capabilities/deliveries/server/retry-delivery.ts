import type { Tx } from '@windlass/db/sql';
import { retryJob } from '@windlass/queue/control/retry-job';
import { startJobNow } from '@windlass/queue/control/start-job-now';
import { auditPerson } from '../../kit/record-audit.ts';
import { notFound, Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import type { DeliveryState } from '../contract.ts';
import { queueMessagesAgain } from '../retry-messages.ts';
import { awaitJobEnd } from './await-job-end.ts';

const FIND = `update delivery set state = case when state = 'failed' and erased_at is null then 'queued' else state end,
  acknowledged_at = null, updated_at = now()
  where id = $1 and shop_id = $2 returning job_id as "jobId", state`;

/**
 * Tries a failed delivery again, or at once one that waits for its next try: the same message with the same Message-ID,
 * its links given their full life anew, to the address its order has now.
 */
export async function retryDelivery(ctx: SignedInContext, id: string): Promise<{ deliveryId: string }> {
  await awaitJobEnd(ctx.services.database.sql, { id, shopId: ctx.person.shopId });
  return ctx.services.database.transaction(async (tx) => {
    const delivery = await tx.row<{ jobId: string; state: DeliveryState }>('retry-delivery', FIND, [
      id,
      ctx.person.shopId,
    ]);
    if (!delivery) throw notFound('delivery');
    if (
      !(await (delivery.state === 'awaiting_retry'
        ? startNow(tx, delivery.jobId)
        : delivery.state === 'queued' && retryJob(tx, delivery.jobId)))
    ) {
      throw new Refusal('conflict', 'INVALID_STATE', {
        message:
          'Only a delivery that failed or waits for its next try can be tried again. To send a second message, resend it.',
      });
    }
    await auditPerson(tx, ctx, { action: 'deliveries.retry', subject: id });
    return { deliveryId: id };
  });
}

async function startNow(tx: Tx, jobId: string): Promise<boolean> {
  await queueMessagesAgain(tx, [jobId]);
  return startJobNow(tx, jobId);
}
