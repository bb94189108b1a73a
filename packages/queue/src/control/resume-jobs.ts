import type { Tx } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';
import { recordWithin } from '@windlass/live/record-within';
import { jobMoved } from '../jobs/events.ts';
import { type QueueName, queueNames, queueWake } from '../jobs/queues.ts';
import { isParked, WAITING_LAST } from '../jobs/waiting.ts';

/**
 * Every row that has yet to end is written, whatever its state: a start that is claimed meanwhile waits for our commit
 * and finds the answer; one that runs already may park without having seen it, and is then due at once.
 */
const RESUME = `with open as (
    select id from job where id = any($1::text[]) and state in ('scheduled', 'queued', 'active', 'retrying')
    order by ${WAITING_LAST} for update),
  told_of as (
    update job j set resumed_attempt = j.attempts,
      run_after = case when ${isParked('j')} then now() else j.run_after end
    from open where j.id = open.id
    returning j.id, j.shop_id, j.queue, j.subject, j.run_after, ${isParked('j')} as parked),
  told as (
    ${recordWithin(jobMoved.retrying, { from: 'told_of where parked', subject: 'id', data: { serves: 'subject', nextAt: 'run_after' } })})
  select id, queue, parked from told_of`;

/**
 * The answer has come that parked jobs wait for, and is written in this transaction or before: they go on. One that has
 * yet to park does not wait then. What waits for something else goes on waiting for that. Answers the ids of those that
 * have yet to end.
 */
export async function resumeJobs(tx: Tx, jobIds: readonly string[]): Promise<string[]> {
  const rows = await tx.rows<{ id: string; queue: QueueName; parked: boolean }>('resume-jobs', RESUME, [jobIds]);
  const parked = rows.filter((job) => job.parked);
  for (const { queue } of parked) if (queueNames.includes(queue)) tx.wake(queueWake(queue));
  if (parked.length > 0) tx.wake(LIVE_WAKE);
  return rows.map(({ id }) => id);
}

/** The same for one. False: it has ended, or is not there. */
export const resumeJob = async (tx: Tx, jobId: string): Promise<boolean> => (await resumeJobs(tx, [jobId])).length > 0;
