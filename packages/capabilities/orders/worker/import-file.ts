import type { Tx } from '@windlass/db/sql';
import { recordEvents } from '@windlass/live/record-events';
import type { JobHandler } from '@windlass/queue/jobs/job-context';
import type { WorkerServices } from '../../kit/worker-services.ts';
import type { jobs } from '../contract.ts';
import { knownReference } from '../known-reference.ts';
import { reserveNumbers } from './reserve-numbers.ts';
import { writeStagedOrders } from './write-staged-orders.ts';
import { ordersImported } from '../events.ts';

type ImportFile = (typeof jobs)['orders.import-file'];

/** Orders a statement writes: large enough to be fast, small enough to show progress and to hear a cancel. */
const AT_ONCE = 1_000;

/** The database's usual limits are for clicks. */
const STATEMENT_MS = 60_000;
/** Two imports of one shop come one after the other, so that each sees the references of the other. */
const LOCK = `select pg_advisory_xact_lock(hashtextextended('order-import:' || $1, 0))`;
const FIND = `select i.state, i.order_count as "orderCount", u.name as by
  from order_import i left join app_user u on u.id = i.created_by where i.id = $1`;
const COUNT_NEW = `select count(*)::int as count
  from order_import_row r where r.import_id = $1 and not ${knownReference({ shop: '$2', row: 'r' })}`;
const FINISH = `update order_import set state = 'imported', imported_count = $2, skipped_count = order_count - $2,
  finished_at = now(),
    first_number = case when $2 > 0 then first_number end
  where id = $1`;

/**
 * Writes the checked orders of a file, all of them or none, in one transaction of a few large statements. Running again
 * after a crash finds either nothing or everything written; orders whose reference came in meanwhile are left alone.
 */
export const run: JobHandler<ImportFile, WorkerServices> = async (context, { database }) => {
  const { importId } = context.payload;
  const shopId = context.shopId!;
  const write = async (tx: Tx) => {
    await tx.rows('import-lock', LOCK, [shopId]);
    const file = await tx.row<{ state: string; orderCount: number; by: string | null }>('import-to-write', FIND, [
      importId,
    ]);
    if (file?.state !== 'importing') return; // written by an earlier attempt
    const { count } = (await tx.row<{ count: number }>('count-new-orders', COUNT_NEW, [importId, shopId]))!;
    let written = 0;
    if (count > 0) {
      const first = await reserveNumbers(database, { importId, shopId, count });
      for (let from = 0; from < file.orderCount; from += AT_ONCE) {
        context.signal.throwIfAborted();
        const to = Math.min(from + AT_ONCE, file.orderCount);
        written += await writeStagedOrders(tx, {
          importId,
          shopId,
          from,
          to,
          firstNumber: first + written,
          most: count - written,
        });
        context.progress(
          to / file.orderCount,
          `${written.toLocaleString('en')} of ${count.toLocaleString('en')} orders`,
        );
      }
    }
    context.signal.throwIfAborted();
    await tx.rows('finish-import', FINISH, [importId, written]);
    // One word for open lists, however many orders: each would fetch anew for each.
    await recordEvents(tx, [ordersImported({ shopId, subject: importId, data: { orders: written, by: file.by } })]);
  };
  await context.step('write', () => database.transaction(write, { statementMs: STATEMENT_MS }), { rerun: true });
};
