/** What other capabilities may do with approvals. */
import type { Tx } from '@windlass/db/sql';
import { recordEvents } from '@windlass/live/record-events';
import { cancelJob } from '@windlass/queue/control/cancel-jobs';
import { jobs } from './contract.ts';
import { batchStopped } from './events.ts';

export { closeDownloadLinks, collectLinks, eraseApprovals } from './customer-data.ts';

const STOP = `with stopped as (
    update batch set state = 'stopped', finished_at = now()
      where job_id = $1 and state = 'running' returning id, shop_id),
  remaining as (
    update batch_item i set state = 'left' from stopped
      where i.batch_id = stopped.id and i.state = 'pending' returning 1)
  select id, shop_id as "shopId", (select count(*)::int from remaining) as remaining from stopped`;

/**
 * Stops the batch of a job: what is decided stays so. Answers how many go on waiting; undefined: it is no batch's, or
 * has ended.
 */
export async function stopBatch(tx: Tx, jobId: string, by: string): Promise<number | undefined> {
  const batch = await tx.row<{ id: string; shopId: string; remaining: number }>('stop-batch', STOP, [jobId]);
  if (!batch) return undefined;
  await cancelJob(tx, jobId, jobs);
  await recordEvents(tx, [
    batchStopped({
      shopId: batch.shopId,
      subject: batch.id,
      data: { by, left: batch.remaining },
    }),
  ]);
  return batch.remaining;
}
