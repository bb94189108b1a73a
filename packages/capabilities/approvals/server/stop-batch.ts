import { cancelJob } from '@windlass/queue/control/cancel-jobs';
import { auditPerson } from '../../kit/record-audit.ts';
import { notFound, Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { stopBatches } from '../stop-batches.ts';

/** Decides no more of it: what is decided stays so, the rest goes on waiting. */
export async function stopOneBatch(ctx: SignedInContext, batchId: string): Promise<{ success: true; message: string }> {
  return ctx.services.database.transaction(async (tx) => {
    const batch = await tx.row<{ jobId: string }>(
      'batch-of-shop',
      'select job_id as "jobId" from batch where id = $1 and shop_id = $2',
      [batchId, ctx.person.shopId],
    );
    if (!batch) throw notFound('batch');
    const [stopped] = await stopBatches(tx, [batch.jobId], ctx.person.name);
    if (!stopped) throw new Refusal('conflict', 'INVALID_STATE', { message: 'It has ended already.' });
    await cancelJob(tx, batch.jobId);
    const { left } = stopped;
    await auditPerson(tx, ctx, { action: 'approvals.stop-batch', subject: batchId, data: { left } });
    return {
      success: true as const,
      message:
        left === 0
          ? 'Stopped; everything was decided already.'
          : `Stopped. ${left.toLocaleString('en')} go on waiting.`,
    };
  });
}
