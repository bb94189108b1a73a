import { retryJob } from '@windlass/queue/control/retry-job';
import { startJobNow } from '@windlass/queue/control/start-job-now';
import { type JobState, isFinal } from '@windlass/queue/jobs/job-state';
import { isJobOfUncertainDelivery, queueMessagesAgain, tryMessageNow } from '../../deliveries/operations.ts';
import { auditPerson } from '../../kit/record-audit.ts';
import { notFound, Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';

/** Runs a failed or cancelled job again, or at once where it waits for its next try. Steps that were done stay done. */
export async function retryOneJob(ctx: SignedInContext, id: string): Promise<{ state: 'queued' }> {
  return ctx.services.database.transaction(async (tx) => {
    const known = await tx.row<{ state: JobState }>(
      'state-of-job',
      'select state from job where id = $1 and shop_id = $2',
      [id, ctx.person.shopId],
    );
    if (!known) throw notFound('job');
    if (known.state === 'retrying') {
      await tryMessageNow(tx, id);
      if (await startJobNow(tx, id)) {
        await auditPerson(tx, ctx, { action: 'operations.retry', subject: id });
        return { state: 'queued' as const };
      }
    }
    if (!isFinal(known.state))
      throw new Refusal('conflict', 'INVALID_STATE', {
        message: 'It is queued or runs already, so there is nothing to try again.',
      });
    if (await isJobOfUncertainDelivery(tx, id)) {
      throw new Refusal('conflict', 'DECIDE_FIRST', {
        message: 'Nobody knows whether this mail arrived. Open its delivery: mark it as sent, or send it again.',
      });
    }
    if ((await queueMessagesAgain(tx, [id])).length === 0) {
      throw new Refusal('conflict', 'INVALID_STATE', {
        message: 'Its message was cancelled, or sent. To send it after all, resend it from its delivery.',
      });
    }
    if (!(await retryJob(tx, id)))
      throw new Refusal('conflict', 'INVALID_STATE', { message: 'Only a failed or cancelled job can be run again.' });
    await auditPerson(tx, ctx, { action: 'operations.retry', subject: id });
    return { state: 'queued' as const };
  });
}
