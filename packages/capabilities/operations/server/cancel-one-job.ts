import { cancelJob } from '@windlass/queue/cancel-job';
import { abortDeliveryOfJob } from '../../deliveries/operations.ts';
import { auditPerson } from '../../kit/record-audit.ts';
import { missing, Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';

/** Stops a job: at once where it waits, at its next safe point where it runs. A waiting delivery is aborted with its job. */
export async function cancelOneJob(ctx: SignedInContext, id: string): Promise<{ state: 'cancelled' | 'cancelling' }> {
  return ctx.services.database.transaction(async (tx) => {
    const known = await tx.row('job-of-shop', 'select 1 as yes from job where id = $1 and shop_id = $2', [id, ctx.person.shopId]);
    if (!known) throw missing('job');
    const state = (await abortDeliveryOfJob(tx, id, ctx.person.name)) ? 'cancelled' : await cancelJob(tx, id);
    if (!state) throw new Refusal('conflict', 'INVALID_STATE', { message: 'The job has ended already.' });
    await auditPerson(tx, ctx, { action: 'operations.cancel', subject: id });
    return { state };
  });
}
