import type { Sql } from '@windlass/db/sql';
import { recordEvents } from '@windlass/live/record-events';
import { recordAudit } from '../../kit/record-audit.ts';
import { REFUSED_DAYS, SETTLED_DAYS } from '../intake-contract.ts';
import { refusedOrderSettled } from '../events.ts';

/** What was checked a day ago and not imported would be imported by surprise: its rows go, and the upload says so. */
const EXPIRE = `update order_import i set state = 'expired'
  where i.state in ('checked', 'importing') and i.created_at < now() - interval '1 day'
  and not exists (select 1 from job j where j.id = i.job_id
    and j.state in ('scheduled', 'queued', 'active', 'retrying'))`;
const PRUNE_ROWS = `delete from order_import_row where import_id in (
    select i.id from order_import i where i.state in ('imported', 'expired') and i.created_at < now() - interval '1 day'
      and exists (select 1 from order_import_row r where r.import_id = i.id) order by i.created_at limit 5)`;
const PRUNE_FILES = `delete from order_import_file f using order_import i
  where i.id = f.import_id and i.state in ('imported', 'expired')`;
const PRUNE_DELIVERIES = `delete from source_delivery where (source_id, delivery_id) in (
    select source_id, delivery_id from source_delivery where received_at < now() - interval '30 days' limit 5000)`;

/** The whole row: the same order, sent again by then, is taken like any other. */
const DELETE_REFUSED = `with gone as (
    delete from source_order where id in (
      select id from source_order where state = 'refused' and received_at < now() - interval '${REFUSED_DAYS} days'
        order by received_at limit 500)
    returning shop_id, source_id)
  select shop_id as "shopId", source_id as "sourceId", count(*)::int as count from gone group by 1, 2`;
/** The order's id over there stays, so that the same order sent again still has no effect. */
const FORGET_SETTLED = `update source_order set body = null, reason = null, reference = null where id in (
    select id from source_order where state <> 'refused' and (body is not null or reason is not null)
      and settled_at < now() - interval '${SETTLED_DAYS} days' limit 500)`;

/**
 * Deletes what is past its keep, a piece at a time: staged rows after a day, the ids of webhook deliveries after 30,
 * refused orders after 90, and 30 after they are settled.
 */
export async function pruneIntake(sql: Sql): Promise<void> {
  await sql.rows('expire-order-imports', EXPIRE);
  await sql.rows('prune-staged-orders', PRUNE_ROWS);
  await sql.rows('prune-import-files', PRUNE_FILES);
  await sql.rows('prune-source-deliveries', PRUNE_DELIVERIES);
  await sql.rows('forget-settled-orders', FORGET_SETTLED);
  for (const { shopId, sourceId, count } of await sql.rows<{ shopId: string; sourceId: string; count: number }>(
    'delete-refused-orders',
    DELETE_REFUSED,
  )) {
    await recordEvents(sql, [refusedOrderSettled({ shopId, subject: sourceId })]);
    await recordAudit(sql, {
      shopId,
      actor: { kind: 'system', id: null },
      action: 'orders.delete-refused',
      subject: sourceId,
      data: { count },
      requestId: null,
    });
  }
}
