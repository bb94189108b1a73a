import { newId } from '@windlass/db/ids';
import { recordEvents } from '@windlass/live/record-events';
import { retryJob } from '@windlass/queue/control/retry-job';
import { enqueue } from '@windlass/queue/jobs/enqueue';
import type { JobState } from '@windlass/queue/jobs/job-state';
import { auditPerson } from '../../kit/record-audit.ts';
import { notFound, Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { jobs } from '../contract.ts';
import type { importStates } from '../intake-contract.ts';
import { importStarted } from '../events.ts';

type Upload = {
  state: (typeof importStates)[number];
  orderCount: number;
  faultCount: number;
  needsColumns: boolean;
  jobId: string | null;
  jobState: JobState | null;
};

const LOCK = `select i.state, i.order_count as "orderCount", i.fault_count as "faultCount",
  i.needs_columns as "needsColumns",
    i.job_id as "jobId", j.state as "jobState"
  from order_import i left join job j on j.id = i.job_id where i.id = $1 and i.shop_id = $2 for update of i`;
const START = `update order_import set state = 'importing', job_id = $2 where id = $1`;
/** From here on its columns stay what they are. */
const DROP_FILE = `delete from order_import_file where import_id = $1`;

/**
 * Asks for the import: the upload's state, the job, the event and the audit row commit together. Asked twice, it is
 * done once. Faulty orders are left out only by one who says so.
 */
export async function startImport(
  ctx: SignedInContext,
  { id, which }: { id: string; which: 'all' | 'good' },
): Promise<{ jobId: string }> {
  const { shopId } = ctx.person;
  return ctx.services.database.transaction(async (tx) => {
    const upload = await tx.row<Upload>('lock-order-import', LOCK, [id, shopId]);
    if (!upload) throw notFound('upload');
    if (upload.state === 'expired')
      throw new Refusal('conflict', 'EXPIRED', {
        message: 'This file was checked more than a day ago. Upload it again.',
      });
    if (upload.jobId) {
      // A job that ended without writing is run again; one that runs or has written is left to itself.
      if (upload.state === 'importing' && (upload.jobState === 'failed' || upload.jobState === 'cancelled'))
        await retryJob(tx, upload.jobId);
      return { jobId: upload.jobId };
    }
    if (upload.needsColumns) {
      throw new Refusal('invalid', 'COLUMNS', { message: 'Choose first which column is which.' });
    }
    if (upload.orderCount === 0)
      throw new Refusal('invalid', 'NOTHING_TO_IMPORT', {
        message: 'No order of this file is without a fault. Mend the file and upload it again.',
      });
    if (which === 'all' && upload.faultCount > 0) {
      throw new Refusal('invalid', 'FAULTY_LINES', {
        message: 'Some lines are faulty. Mend the file, or ask for the good orders alone.',
      });
    }
    const jobId = newId('job');
    await tx.rows('start-order-import', START, [id, jobId]);
    await tx.rows('drop-import-file', DROP_FILE, [id]);
    await enqueue(
      tx,
      { job: jobs['orders.import-file'], payload: { importId: id } },
      { id: jobId, shopId, subject: id, dedupeKey: `orders.import-file:${id}`, requestId: ctx.requestId },
    );
    await recordEvents(tx, [importStarted({ shopId, subject: id, data: { by: ctx.person.name } })]);
    await auditPerson(tx, ctx, {
      action: 'orders.import-file',
      subject: id,
      data: { which, orders: upload.orderCount },
    });
    return { jobId };
  });
}
