import { cancelJob } from '@windlass/queue/control/cancel-jobs';
import { stopBatch } from '../../approvals/operations.ts';
import { findDeliveryOfJob, stopMessage } from '../../deliveries/operations.ts';
import { auditPerson } from '../../kit/record-audit.ts';
import { notFound, Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';

/**
 * Stops a job: at once where it waits, at its next safe point where it runs. A waiting delivery is aborted with its
 * job, a batch stopped.
 */
export async function cancelOneJob(ctx: SignedInContext, id: string): Promise<{ state: 'cancelled' | 'cancelling' }> {
  return ctx.services.database.transaction(async (tx) => {
    const known = await tx.row('job-of-shop', 'select 1 as yes from job where id = $1 and shop_id = $2', [
      id,
      ctx.person.shopId,
    ]);
    if (!known) throw notFound('job');
    const { jobs, messageSettlers: settlers } = ctx.services;
    const by = ctx.person.name;
    const deliveryId = await findDeliveryOfJob(tx, id);
    const withItsOwner =
      (deliveryId && (await stopMessage(tx, deliveryId, { by, settlers }))) ||
      (await stopBatch(tx, id, by)) !== undefined;
    const state = withItsOwner ? 'cancelled' : await cancelJob(tx, id, jobs);
    if (!state) throw new Refusal('conflict', 'INVALID_STATE', { message: 'The job has ended already.' });
    await auditPerson(tx, ctx, { action: 'operations.cancel', subject: id });
    return { state };
  });
}
