import type { Sql } from '@windlass/db/sql';

/** Nobody shows this worker any more: it has ended, or was ended from outside. */
export const forgetWorker = async (sql: Sql, id: string): Promise<void> =>
  void (await sql.rows('worker-gone', 'delete from worker_process where id = $1', [id]));
