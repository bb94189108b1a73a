import type { Database } from '@windlass/db/open-database';
import { lockWithDependents } from '../dependents/find-dependents.ts';
import { moveDependents } from '../dependents/move-dependents.ts';
import type { JobLives } from '../jobs/job-life.ts';
import { AFTER_FAILED, waitsForJobs } from '../jobs/waiting.ts';

const OF = (states: string) => `exists (select 1 from job_dependency x join job a on a.id = x.after_id
  where x.job_id = j.id and a.state in (${states}))`;
const ENDED_BADLY = OF(`'failed', 'cancelled'`);
const UNDER_WAY = OF(`'scheduled', 'queued', 'active', 'retrying'`);
const ALL_THERE = `not exists (select 1 from job_dependency x left join job a on a.id = x.after_id
  where x.job_id = j.id and a.id is null)`;

/** A row of job_dependency is there only while one waits, or has failed with another: few, so all are read. */
const MISSED = `select j.id from job j where j.id in (select job_id from job_dependency)
  and (${waitsForJobs('j')} and (${ENDED_BADLY} or not ${UNDER_WAY})
    or j.state = 'failed' and j.error_code = '${AFTER_FAILED}' and not ${ENDED_BADLY} and ${ALL_THERE})
  order by j.id limit 500`;

/**
 * Jobs that follow others, of whose ends nobody told them: they were ended by a program of the release before, by an
 * owner who brought no lives, or before these were made.
 */
export async function moveMissedDependents(database: Database, lives: JobLives): Promise<void> {
  const missed = (await database.sql.rows<{ id: string }>('missed-dependents', MISSED)).map(({ id }) => id);
  if (missed.length === 0) return;
  await database.transaction(async (tx) => {
    await lockWithDependents(tx, lives, missed);
    await moveDependents(tx, lives, missed);
  });
}
