import { stopRetryRun as stopInQueue } from '@windlass/queue/control/stop-retry-run';
import { auditPerson } from '../../kit/record-audit.ts';
import type { SignedInContext } from '../../kit/server-context.ts';

/** What has not begun yet of a retry run is left failed. 0: the run is over. */
export async function stopRetryRun(ctx: SignedInContext, run: string): Promise<{ count: number }> {
  return ctx.services.database.transaction(async (tx) => {
    const count = await stopInQueue(tx, { shopId: ctx.person.shopId, run }, ctx.services.jobLives);
    if (count > 0) await auditPerson(tx, ctx, { action: 'operations.stop-retry-run', subject: run, data: { count } });
    return { count };
  });
}
