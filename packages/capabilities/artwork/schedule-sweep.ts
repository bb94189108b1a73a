import type { Sql } from '@windlass/db/sql';
import { enqueue } from '@windlass/queue/jobs/enqueue';
import { jobs } from './contract.ts';

const ROUND = `select floor(extract(epoch from now()) / 600)::bigint::text as round`;

/** Asks for one look at what was missed, however many workers ask in the same ten minutes. */
export async function scheduleSweep(sql: Sql): Promise<void> {
  const { round } = (await sql.row<{ round: string }>('sweep-round', ROUND))!;
  await enqueue(
    sql,
    { job: jobs['artwork.sweep'], payload: {} },
    { shopId: null, dedupeKey: `artwork.sweep:${round}` },
  );
}
