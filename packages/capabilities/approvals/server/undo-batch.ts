import type { Tx } from '@windlass/db/sql';
import { recordEvents } from '@windlass/live/record-events';
import { cancelJob } from '@windlass/queue/control/cancel-jobs';
import { abortWithheld, type WithheldAbort } from '../../deliveries/operations.ts';
import { auditPerson } from '../../kit/record-audit.ts';
import { notFound, Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import type { BatchDecision } from '../contract.ts';
import { setWaiting } from '../../orders/operations.ts';
import { batchUndone, decisionUndone } from '../events.ts';

/** The batch first: its job waits here between two chunks and then finds that it is over. */
const LOCK = `select id, decision, state, job_id as "jobId",
    state <> 'undone' and undo_until > now() as "inTime" from batch where id = $1 and shop_id = $2 for update`;
type Locked = { id: string; decision: BatchDecision; state: string; jobId: string; inTime: boolean | null };

const LOCK_ORDERS = `select o.id from customer_order o join batch_item i on i.order_id = o.id
  where i.batch_id = $1 and i.state = 'done' order by o.id for update of o`;

/** What somebody decided anew in the meantime is theirs. */
const REOPEN_REJECTED = `select o.id from customer_order o
  join batch_item i on i.order_id = o.id join batch b on b.id = i.batch_id
  where b.id = $1 and i.state = 'done' and o.status = 'rejected' and o.rejected_by = b.created_by
    and o.rejected_at >= b.created_at and o.erased_at is null`;

const CLOSE = `with items as (
    update batch_item set state = case when order_id = any($2::text[]) then 'undone' else 'left' end::batch_item_state
    where batch_id = $1 and (state = 'pending' or order_id = any($2::text[])))
  update batch set state = 'undone', done = done - cardinality($2::text[]), finished_at = now() where id = $1`;

/** Takes the whole batch back while its mails are withheld: its orders wait again and nothing was sent. */
export async function undoBatch(
  ctx: SignedInContext,
  batchId: string,
): Promise<{ success: true; message: string; undone: number }> {
  const { shopId, name } = ctx.person;
  return ctx.services.database.transaction(async (tx) => {
    const batch = await tx.row<Locked>('lock-batch-for-undo', LOCK, [batchId, shopId]);
    if (!batch) throw notFound('batch');
    if (!batch.inTime) {
      const message =
        batch.state === 'undone' ? 'It was undone already.' : 'It can no longer be undone: its seconds have passed.';
      throw new Refusal('conflict', 'TOO_LATE', { message });
    }
    await cancelJob(tx, batch.jobId);
    const recordCause = (orderIds: readonly string[]) =>
      recordEvents(
        tx,
        orderIds.map((subject) =>
          decisionUndone({
            shopId,
            subject,
            data: { by: name, batchId },
          }),
        ),
      );
    const reopened = await takeBack(tx, batch, { by: name, recordCause });
    await setWaiting(tx, reopened);
    await tx.rows('close-undone-batch', CLOSE, [batchId, reopened]);
    await recordEvents(tx, [
      batchUndone({
        shopId,
        subject: batchId,
        data: { by: name, undone: reopened.length },
      }),
    ]);
    await auditPerson(tx, ctx, { action: 'approvals.undo-batch', subject: batchId, data: { undone: reopened.length } });
    const message = `${reopened.length === 1 ? '1 order waits' : `${reopened.length.toLocaleString('en')} orders wait`} again. Nothing was sent.`;
    return { success: true as const, message, undone: reopened.length };
  });
}

/** The ids of the orders that may be opened again. */
async function takeBack(tx: Tx, batch: Locked, how: WithheldAbort): Promise<string[]> {
  const locked = await tx.rows<{ id: string }>('lock-orders-of-batch', LOCK_ORDERS, [batch.id]);
  if (batch.decision === 'approve')
    return abortWithheld(
      tx,
      locked.map(({ id }) => id),
      how,
    );
  const rejected = (await tx.rows<{ id: string }>('rejected-orders-of-batch', REOPEN_REJECTED, [batch.id])).map(
    ({ id }) => id,
  );
  await how.recordCause(rejected);
  return rejected;
}
