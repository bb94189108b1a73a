import type { Sql, Tx } from '@windlass/db/sql';
import type { JobLives } from '../jobs/job-life.ts';
import { lockOwners, type NamedJob } from '../jobs/job-owners.ts';
import { AFTER_FAILED, WAITING_LAST, waitsForJobs } from '../jobs/waiting.ts';

/** Of a job `j`: what others do decides what becomes of it. One that has failed with them may wait again. */
export const DEPENDS = `(${waitsForJobs('j')} or j.state = 'failed' and j.error_code = '${AFTER_FAILED}')`;

/** Those that follow these jobs, what follows those, and so on. */
export const DEPENDENTS = `with recursive d as (
    select x.job_id as id from job_dependency x where x.after_id = any($1::text[]) or x.job_id = any($1::text[])
    union
    select x.job_id from job_dependency x join d on x.after_id = d.id)
  select j.id, j.name from d join job j using (id) where ${DEPENDS} order by j.id`;

/** All that wait for the end of one of these jobs, also by way of others. */
export const findDependents = (sql: Sql, jobIds: readonly string[]): Promise<NamedJob[]> =>
  sql.rows('find-dependents', DEPENDENTS, [jobIds]);

const LOCK = `select id from job where id = any($1::text[]) order by ${WAITING_LAST} for update`;

/**
 * Before somebody moves waiting or ended jobs: locks what the owners of those that follow them will change, then all of
 * them in the one order. Answers whether any follows.
 */
export async function lockWithDependents(tx: Tx, lives: JobLives, jobIds: readonly string[]): Promise<boolean> {
  const dependents = await findDependents(tx, jobIds);
  if (dependents.length === 0) return false;
  await lockOwners(tx, lives, dependents);
  await tx.rows('lock-jobs-with-dependents', LOCK, [[...jobIds, ...dependents.map(({ id }) => id)]]);
  return true;
}
