import type { Sql } from './sql.ts';

/** After a replica failed to answer, it is not asked for so long. */
const REST_MS = 10_000;

/**
 * Reads from the replica, and from the primary while the replica is away: a report a moment late is better than none. A
 * statement that the replica itself refuses (SQLSTATE of class other than connection, shutdown or conflict with
 * recovery) is refused here too.
 */
export function createReportsSql(primary: Sql, replica: Sql, report: (error: Error) => void): Sql {
  let restUntil = 0;
  const rows: Sql['rows'] = async (name, text, values) => {
    if (performance.now() >= restUntil) {
      try {
        return await replica.rows(name, text, values);
      } catch (error) {
        if (!isAway(error)) throw error;
        restUntil = performance.now() + REST_MS;
        report(new Error('The replica does not answer; reports read the primary for now.', { cause: error }));
      }
    }
    return primary.rows(name, text, values);
  };
  return { rows, row: async (name, text, values) => (await rows(name, text, values))[0] as never, wake: primary.wake };
}

/**
 * 08: connection; 57P: shutdown, crash, start-up; 40001: cancelled because the replica had to catch up; none at all:
 * the socket or the pool.
 */
function isAway(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  if (typeof code !== 'string' || code.startsWith('E')) return true;
  return code.startsWith('08') || code.startsWith('57P') || code === '40001';
}
