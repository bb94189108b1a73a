import { retryJob } from '@windlass/queue/retry-job';
import { isJobOfUncertainDelivery, queueMessagesAgain } from '../../deliveries/operations.ts';
import { auditPerson } from '../../kit/record-audit.ts';
import { missing, Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';

/** Runs a failed or cancelled job again. Steps that were done stay done. */
export async function retryOneJob(ctx: SignedInContext, id: string): Promise<{ state: 'queued' }> {
  return ctx.services.database.transaction(async (tx) => {
    const known = await tx.row('job-of-shop', 'select 1 as yes from job where id = $1 and shop_id = $2', [id, ctx.person.shopId]);
    if (!known) throw missing('job');
    if (await isJobOfUncertainDelivery(tx, id)) {
      throw new Refusal('conflict', 'DECIDE_FIRST', { message: 'Nobody knows whether this mail arrived. Open its delivery: mark it as sent, or send it again.' });
    }
    if ((await queueMessagesAgain(tx, [id])).length === 0) {
      throw new Refusal('conflict', 'INVALID_STATE', { message: 'Its message was taken back, or sent. To send it after all, resend it from its delivery.' });
    }
    if (!(await retryJob(tx, id))) throw new Refusal('conflict', 'INVALID_STATE', { message: 'Only a failed or cancelled job can be run again.' });
    await auditPerson(tx, ctx, { action: 'operations.retry', subject: id });
    return { state: 'queued' as const };
  });
}
