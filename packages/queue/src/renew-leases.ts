import type { Sql } from '@windlass/db/sql';

const RENEW = `update job set lease_until = now() + make_interval(secs => $2::float8)
  where lease_token = $1 and state = 'active'
  returning id, attempts as attempt, cancel_requested_at is not null as cancelled`;

/**
 * One statement for all jobs a worker runs. Answers those it still owns: a job missing from the answer belongs to somebody
 * else by now, and one marked cancelled is to be stopped.
 */
export async function renewLeases(
  sql: Sql,
  lease: { token: string; seconds: number },
): Promise<{ id: string; attempt: number; cancelled: boolean }[]> {
  return sql.rows('renew-leases', RENEW, [lease.token, lease.seconds]);
}
