import type { Tx } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';
import { lockWithDependents } from '../dependents/find-dependents.ts';
import { moveDependents } from '../dependents/move-dependents.ts';
import type { Failure } from '../jobs/errors.ts';
import type { JobLives } from '../jobs/job-life.ts';
import { lockOwners, settleOwners } from '../jobs/job-owners.ts';
import { recordWithin } from '@windlass/live/record-within';
import { jobMoved } from '../jobs/events.ts';

const WAITING = `select id, name from job where shop_id = $1 and retry_run = $2 and state = 'scheduled' order by id`;

const STOP = `with was as (select id from job where id = any($1::text[]) and retry_run = $2 and state = 'scheduled'
  order by id for update),
  stopped as (
    update job j set state = 'failed', retry_run = null, finished_at = now(), generation = j.generation + 1
    from was where j.id = was.id
    returning j.id, j.name, j.shop_id, j.subject, j.error_code, j.error_sentence, j.error_hint),
  told as (
    ${recordWithin(jobMoved.failed, { from: 'stopped', subject: 'id', data: { serves: 'subject', code: 'error_code', retryStopped: 'true' }, nulls: 'left-out' })})
  select id, name, error_code as code, error_sentence as sentence, error_hint as hint from stopped`;

type Stopped = Pick<Failure, 'code' | 'sentence' | 'hint'> & { id: string; name: string };

/**
 * Those of a retry run that still wait for their turn are failed again, as they were; what has begun goes on. `lives`:
 * so that what they serve is settled too. Answers how many were stopped; 0 where the run is over, or
 * another shop's.
 */
export async function stopRetryRun(
  tx: Tx,
  { shopId, run }: { shopId: string; run: string },
  lives: JobLives,
): Promise<number> {
  const waiting = await tx.rows<{ id: string; name: string }>('waiting-of-retry-run', WAITING, [shopId, run]);
  await lockOwners(tx, lives, waiting);
  const ids = waiting.map(({ id }) => id);
  const followed = await lockWithDependents(tx, lives, ids);
  const stopped = await tx.rows<Stopped>('stop-retry-run', STOP, [ids, run]);
  await settleOwners(
    tx,
    lives,
    stopped.map(({ id, name, ...failure }) => ({ id, name, state: 'failed' as const, failure })),
  );
  if (followed)
    await moveDependents(
      tx,
      lives,
      stopped.map(({ id }) => id),
    );
  if (stopped.length > 0) tx.wake(LIVE_WAKE);
  return stopped.length;
}
