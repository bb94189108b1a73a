import { refuseRetries } from '@windlass/queue/control/refuse-retries';
import { retryJob } from '@windlass/queue/control/retry-job';
import { startJobNow } from '@windlass/queue/control/start-job-now';
import { type JobState, isFinal } from '@windlass/queue/jobs/job-state';
import { auditPerson } from '../../kit/record-audit.ts';
import { notFound, Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';

/** Runs a failed or cancelled job again, or at once where it waits for its next try. Steps that were done stay done. */
export async function retryOneJob(ctx: SignedInContext, id: string): Promise<{ state: 'queued' }> {
  const { database, jobLives } = ctx.services;
  return database.transaction(async (tx) => {
    const known = await tx.row<{ state: JobState }>(
      'state-of-job',
      'select state from job where id = $1 and shop_id = $2',
      [id, ctx.person.shopId],
    );
    if (!known) throw notFound('job');
    if (known.state === 'retrying') {
      if (await startJobNow(tx, id, jobLives)) {
        await auditPerson(tx, ctx, { action: 'operations.retry', subject: id });
        return { state: 'queued' as const };
      }
    }
    if (!isFinal(known.state))
      throw new Refusal('conflict', 'INVALID_STATE', {
        message: 'It is queued or runs already, so there is nothing to try again.',
      });
    const refused = (await refuseRetries(tx, [id], jobLives)).get(id);
    if (refused) throw new Refusal('conflict', refused.code, { message: refused.message });
    if (!(await retryJob(tx, id, jobLives)))
      throw new Refusal('conflict', 'INVALID_STATE', { message: 'Only a failed or cancelled job can be run again.' });
    await auditPerson(tx, ctx, { action: 'operations.retry', subject: id });
    return { state: 'queued' as const };
  });
}
