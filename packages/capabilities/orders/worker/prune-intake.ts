import type { Sql } from '@windlass/db/sql';

/** What was checked a day ago and not imported would be imported by surprise: its rows go, and the upload says so. */
const EXPIRE = `update order_import i set state = 'expired' where i.state in ('checked', 'importing') and i.created_at < now() - interval '1 day'
  and not exists (select 1 from job j where j.id = i.job_id and j.state in ('scheduled', 'queued', 'active', 'retrying'))`;
const PRUNE_ROWS = `delete from order_import_row where import_id in (
    select i.id from order_import i where i.state in ('imported', 'expired') and i.created_at < now() - interval '1 day'
      and exists (select 1 from order_import_row r where r.import_id = i.id) order by i.created_at limit 5)`;
const PRUNE_DELIVERIES = `delete from source_delivery where (source_id, delivery_id) in (
    select source_id, delivery_id from source_delivery where received_at < now() - interval '30 days' limit 5000)`;

/** Deletes what is past its keep, a piece at a time: staged rows after a day, the ids of webhook deliveries after 30. */
export async function pruneIntake(sql: Sql): Promise<void> {
  await sql.rows('expire-order-imports', EXPIRE);
  await sql.rows('prune-staged-orders', PRUNE_ROWS);
  await sql.rows('prune-source-deliveries', PRUNE_DELIVERIES);
}
