import type { Sql } from '@windlass/db/sql';
import type { JobLives, RetryRefusal } from '../jobs/job-life.ts';
import { findOwners } from '../jobs/job-owners.ts';

/**
 * Asks the owners of ended jobs which of them a person may neither run again nor leave as they are. Answers those, by
 * id, each with its reason; changes nothing.
 */
export async function refuseRetries(
  sql: Sql,
  jobIds: readonly string[],
  lives: JobLives,
): Promise<ReadonlyMap<string, RetryRefusal>> {
  const refused = new Map<string, RetryRefusal>();
  for (const { call, ids } of await findOwners(sql, jobIds, { lives, part: 'refuseRetry' }))
    for (const [id, why] of await call(sql, ids)) refused.set(id, why);
  return refused;
}
