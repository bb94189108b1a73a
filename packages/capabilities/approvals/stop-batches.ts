import type { Tx } from '@windlass/db/sql';
import { recordEvents } from '@windlass/live/record-events';
import type { BringLives } from '../kit/job-catalogue.ts';
import type { jobs } from './contract.ts';
import { batchStopped } from './events.ts';

const STOP = `with stopped as (
    update batch set state = 'stopped', finished_at = now()
      where job_id = any($1::text[]) and state = 'running' returning id, shop_id, job_id),
  remaining as (
    update batch_item i set state = 'left' from stopped
      where i.batch_id = stopped.id and i.state = 'pending' returning i.batch_id)
  select id, shop_id as "shopId", job_id as "jobId",
    (select count(*)::int from remaining r where r.batch_id = stopped.id) as "left" from stopped`;

/** `left`: how many of its orders go on waiting. */
export type StoppedBatch = { id: string; shopId: string; jobId: string; left: number };

/**
 * Stops the batches of these jobs: what is decided stays so. The caller cancels the jobs. Answers those that ran.
 */
export async function stopBatches(tx: Tx, jobIds: readonly string[], by: string): Promise<StoppedBatch[]> {
  const stopped = await tx.rows<StoppedBatch>('stop-batches', STOP, [jobIds]);
  await recordEvents(
    tx,
    stopped.map(({ id, shopId, left }) => batchStopped({ shopId, subject: id, data: { by, left } })),
  );
  return stopped;
}

/** For both programs. Whoever stops the job stops its batch. */
export const jobLives: BringLives<typeof jobs> = () => ({
  'approvals.decide-batch': {
    onCancel: async (tx, jobIds, by) => (await stopBatches(tx, jobIds, by.name)).map(({ jobId }) => jobId),
  },
});
