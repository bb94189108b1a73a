import type { Sql } from '@windlass/db/sql';
import { iso } from '../../kit/sql-text.ts';
import type { Batch } from '../contract.ts';

const COLUMNS = `b.id, b.decision, b.state, b.total, b.done, b.skipped, b.refused, b.job_id as "jobId", u.name as by, ${iso('b.created_at')} as "createdAt",
  case when b.state <> 'undone' and b.undo_until > now() then ${iso('b.undo_until')} end as "undoUntil",
  b.state = 'running' and j.state = 'failed' as stuck,
  stands.moving, stands.delivered, stands.problems`;

/** Where its orders stand is read from the orders: a mail that is accepted later, or resent, counts at once. */
const FROM = `from batch b left join app_user u on u.id = b.created_by left join job j on j.id = b.job_id,
  lateral (select count(*) filter (where o.stage = 'moving')::int as moving,
    count(*) filter (where o.stage = 'delivered')::int as delivered,
      count(*) filter (where o.stage = 'problem')::int as problems
    from batch_item i join customer_order o on o.id = i.order_id where i.batch_id = b.id and i.state = 'done') stands`;

export const readBatch = (
  sql: Sql,
  { batchId, shopId }: { batchId: string; shopId: string },
): Promise<Batch | undefined> =>
  sql.row<Batch>('read-batch', `select ${COLUMNS} ${FROM} where b.id = $1 and b.shop_id = $2`, [batchId, shopId]);

/**
 * Recent, and of interest still: it runs, and nobody has left it at its failed job; its mails are on their way, or it
 * ended within the last quarter of an hour.
 */
const OPEN = `select ${COLUMNS} ${FROM}
  where b.id in (select x.id from batch x where x.shop_id = $1 and x.created_at > now() - interval '1 day'
    order by x.created_at desc, x.id desc limit 20)
    and (b.state = 'running' and j.acknowledged_at is null or stands.moving > 0 or b.finished_at > now() - interval '15 minutes')
  order by b.created_at desc, b.id desc limit 5`;

/** At most five, the newest first. */
export const readOpenBatches = (sql: Sql, shopId: string): Promise<Batch[]> =>
  sql.rows<Batch>('read-open-batches', OPEN, [shopId]);
