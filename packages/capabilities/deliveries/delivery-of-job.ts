import type { Sql } from '@windlass/db/sql';

const FIND = 'select id from delivery where job_id = $1';

/** Undefined: the job sends nothing. */
export const findDeliveryOfJob = async (sql: Sql, jobId: string): Promise<string | undefined> =>
  (await sql.row<{ id: string }>('delivery-of-job', FIND, [jobId]))?.id;
