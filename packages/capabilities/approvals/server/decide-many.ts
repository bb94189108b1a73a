import { newId } from '@windlass/db/ids';
import type { Tx } from '@windlass/db/sql';
import { recordEvents } from '@windlass/live/record-events';
import { enqueue } from '@windlass/queue/jobs/enqueue';
import { oncePerKey } from '../../kit/idempotency.ts';
import { auditPerson } from '../../kit/record-audit.ts';
import { notFound, Refusal } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { waitingOrders } from '../../orders/operations.ts';
import { type Batch, BATCH_MOST, type BatchDecision, type DecideMany, jobs } from '../contract.ts';
import { readBatch } from './read-batches.ts';
import { batchMade } from '../events.ts';

const BATCH = `insert into batch (id, shop_id, decision, notes, total, job_id, created_by, request_id, undo_until)
  values ($1, $2, $3::batch_decision, $4, 0, $5, $6, $7,
    case when $8::float8 > 0 then now() + make_interval(secs => $8::float8) end)`;

/** Ticked orders are decided in the order they were placed. One that is not this shop's is not there. */
const TICKED = `insert into batch_item (batch_id, position, order_id)
  select $1, row_number() over (order by o.placed_at, o.id), o.id
    from customer_order o where o.shop_id = $2 and o.id = any($3::text[])
  returning 1 as one`;

/**
 * The click: settles which orders, and makes the job that decides them in chunks. Nothing is decided here, so that a
 * thousand orders hold up nobody, and whoever comes second with one of them learns so order by order.
 */
export async function decideMany(ctx: SignedInContext, decision: BatchDecision, input: DecideMany): Promise<Batch> {
  const { database, settings } = ctx.services;
  const { shopId, id: personId } = ctx.person;
  const { requestKey, ...body } = input;
  const { answer: batchId } = await oncePerKey(
    database,
    { scope: `approvals:${personId}`, key: requestKey, body: { decision, ...body } },
    async (tx) => {
      const id = newId('bat');
      const jobId = newId('job');
      await tx.rows('make-batch', BATCH, [
        id,
        shopId,
        decision,
        input.notes ?? null,
        jobId,
        personId,
        ctx.requestId,
        settings.undoSeconds,
      ]);
      const total = await settleItems(tx, { batchId: id, shopId, input });
      await tx.rows('size-batch', 'update batch set total = $2 where id = $1', [id, total]);
      await enqueue(
        tx,
        { job: jobs['approvals.decide-batch'], payload: { batchId: id } },
        { id: jobId, shopId, subject: id, group: `${shopId}:${id}`, requestId: ctx.requestId },
      );
      await recordEvents(tx, [batchMade({ shopId, subject: id, data: { decision, total, by: ctx.person.name } })]);
      await auditPerson(tx, ctx, { action: `approvals.${decision}-many`, subject: id, data: { total } });
      return { status: 200, answer: id };
    },
  );
  return (await readBatch(database.sql, { batchId, shopId }))!;
}

async function settleItems(
  tx: Tx,
  { batchId, shopId, input }: { batchId: string; shopId: string; input: DecideMany },
): Promise<number> {
  if (input.orderIds) {
    const items = await tx.rows('settle-ticked-items', TICKED, [batchId, shopId, input.orderIds]);
    if (items.length === 0) throw notFound('order');
    return items.length;
  }
  const { name, from, values } = waitingOrders(shopId, input.allWaiting?.search, [batchId, BATCH_MOST + 1]);
  const items = await tx.rows(
    `settle-waiting-items-${name}`,
    `insert into batch_item (batch_id, position, order_id)
      select $2, row_number() over (order by w.placed_at, w.id), w.id
      from (select o.id, o.placed_at ${from} order by o.placed_at, o.id limit $3) w
      returning 1 as one`,
    values,
  );
  if (items.length === 0)
    throw new Refusal('invalid', 'NOTHING_WAITS', {
      message: 'None of these orders waits any more. Somebody may have decided them just now.',
    });
  if (items.length > BATCH_MOST) {
    throw new Refusal('invalid', 'TOO_MANY', {
      message: `More than ${BATCH_MOST.toLocaleString('en')} orders wait. Narrow them with the search, or tick the ones you mean.`,
    });
  }
  return items.length;
}
