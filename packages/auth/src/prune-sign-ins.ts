import type { Sql } from '@windlass/db/sql';

/** Deletes sessions that ended, and counters whose time is over. */
export async function pruneSignIns(sql: Sql): Promise<void> {
  await sql.rows('prune-sessions', 'delete from session where expires_at < now()');
  await sql.rows('prune-rate-limits', 'delete from rate_limit where expire < extract(epoch from now()) * 1000');
}
