import type { Sql } from '@windlass/db/sql';

const RENEW = `update job j set lease_until = now() + make_interval(secs => $2::float8)
  from unnest($3::text[], $4::int[]) r(id, attempt)
  where j.id = r.id and j.attempts = r.attempt and j.lease_token = $1 and j.state = 'active'
  returning j.id, j.attempts as attempt, j.cancel_requested_at is not null as cancelled`;

/**
 * One statement for all jobs a worker runs. Answers those it still owns: a job missing from the answer belongs to
 * somebody else by now, and one marked cancelled is to be stopped. Only what really runs is renewed: a claim whose
 * answer was lost, or an ending that could not be written, is to expire and be taken over.
 */
export async function renewLeases(
  sql: Sql,
  running: readonly { id: string; attempt: number }[],
  lease: { token: string; seconds: number },
): Promise<{ id: string; attempt: number; cancelled: boolean }[]> {
  return sql.rows('renew-leases', RENEW, [
    lease.token,
    lease.seconds,
    running.map((job) => job.id),
    running.map((job) => job.attempt),
  ]);
}
