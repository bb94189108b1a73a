import { cancelJob } from '@windlass/queue/control/cancel-jobs';
import { auditPerson } from '../../kit/record-audit.ts';
import { notFound, Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';

/** Stops a job, with what it serves: at once where it waits, at its next safe point where it runs. */
export async function cancelOneJob(ctx: SignedInContext, id: string): Promise<{ state: 'cancelled' | 'cancelling' }> {
  return ctx.services.database.transaction(async (tx) => {
    const known = await tx.row('job-of-shop', 'select 1 as yes from job where id = $1 and shop_id = $2', [
      id,
      ctx.person.shopId,
    ]);
    if (!known) throw notFound('job');
    const state = await cancelJob(tx, id, { lives: ctx.services.jobLives, by: ctx.person });
    if (!state) throw new Refusal('conflict', 'INVALID_STATE', { message: 'The job has ended already.' });
    await auditPerson(tx, ctx, { action: 'operations.cancel', subject: id });
    return { state };
  });
}
