import type { Tx } from '@windlass/db/sql';
import { recordEvents } from '@windlass/live/record-events';
import type { BatchDecision } from '../contract.ts';
import { CONCERNS } from '../../orders/operations.ts';
import { approveAndSend } from '../approve-and-send.ts';
import { rejectAndTell } from '../reject-and-tell.ts';
import { concernSentences } from '../rules.ts';
import { batchFinished, batchProgressed } from '../events.ts';

/** Small enough that nobody waits long for its locks, large enough that a thousand orders are a dozen transactions. */
const CHUNK = 100;

const LOCK = `select b.id, b.shop_id as "shopId", b.decision, b.state, b.total, b.notes, b.created_by as "createdBy",
  b.request_id as "requestId", u.name as by,
    greatest(0, extract(epoch from b.undo_until - now()))::float8 as "holdSeconds"
  from batch b left join app_user u on u.id = b.created_by where b.id = $1 for update of b`;

type RunningBatch = {
  id: string;
  shopId: string;
  decision: BatchDecision;
  state: string;
  total: number;
  notes: string | null;
  createdBy: string;
  requestId: string | null;
  by: string | null;
  /** What is left of the undo window; null: there never was one. */
  holdSeconds: number | null;
};

/** Orders are locked in the order of their ids, so that two batches with the same orders cannot deadlock. */
const LOCK_ORDERS = `select o.id from customer_order o
  join (select order_id from batch_item where batch_id = $1 and state = 'pending'
    order by position limit ${CHUNK}) i on i.order_id = o.id
  order by o.id for update of o`;

/** Says of each order of the chunk what became of it: decided now, decided the same before, or why not. */
const JUDGE = `with judged as (
    update batch_item i set state = x.state::batch_item_state, code = x.code, sentence = x.sentence
    from (
      select o.id,
        case when o.id = any($3::text[]) then 'done' when o.status::text = $4 then 'skipped' else 'refused' end as state,
        case when o.id = any($3::text[]) or o.status::text = $4 then null when o.status <> 'waiting' then 'INVALID_STATE'
          when c.first is not null then upper(c.first) else 'NOTHING_TO_DELIVER' end as code,
        case when o.id = any($3::text[]) or o.status::text = $4 then null when o.status <> 'waiting' then 'Somebody had ' || o.status || ' them already.'
          when c.first is not null then $5::jsonb ->> c.first else 'No line of these orders has a bundle to send.' end as sentence
      from customer_order o, lateral (select (${CONCERNS})[1] as first) c where o.id = any($2::text[])) x
    where i.batch_id = $1 and i.order_id = x.id
    returning i.state)
  update batch b set done = b.done + n.done, skipped = b.skipped + n.skipped, refused = b.refused + n.refused
  from (select count(*) filter (where state = 'done')::int as done,
    count(*) filter (where state = 'skipped')::int as skipped,
      count(*) filter (where state = 'refused')::int as refused from judged) n
  where b.id = $1 returning b.done + b.skipped + b.refused as decided`;

const FINISH = `update batch set state = case when refused > 0 then 'partial' else 'done' end::batch_state,
  finished_at = now() where id = $1`;

/** Decides the next orders of a batch, in the caller's transaction. `over`: there is nothing left of it to decide. */
export async function decideChunk(tx: Tx, batchId: string): Promise<{ over: boolean; decided: number; total: number }> {
  const batch = await tx.row<RunningBatch>('lock-batch', LOCK, [batchId]);
  if (!batch || batch.state !== 'running') return { over: true, decided: 0, total: 0 };
  const { shopId, total } = batch;
  const about = { shopId, subject: batchId };

  const orderIds = (await tx.rows<{ id: string }>('lock-orders-of-chunk', LOCK_ORDERS, [batchId])).map(({ id }) => id);
  if (orderIds.length === 0) {
    await tx.rows('finish-batch', FINISH, [batchId]);
    await recordEvents(tx, [batchFinished({ ...about, data: { total } })]);
    return { over: true, decided: total, total };
  }
  const orders = orderIds.map((id) => ({ id }));
  const decision = {
    shopId,
    by: { id: batch.createdBy, name: batch.by },
    notes: batch.notes,
    batchId,
  };
  const decided =
    batch.decision === 'approve'
      ? (
          await approveAndSend(tx, orders, {
            ...decision,
            requestId: batch.requestId,
            holdSeconds: batch.holdSeconds ?? 0,
          })
        ).orders
      : await rejectAndTell(tx, orders, decision);
  const same = batch.decision === 'approve' ? 'approved' : 'rejected';
  const judged = (await tx.row<{ decided: number }>('judge-batch-items', JUDGE, [
    batchId,
    orderIds,
    decided.map(({ id }) => id),
    same,
    JSON.stringify(concernSentences),
  ]))!;
  await recordEvents(tx, [batchProgressed({ ...about, data: { decided: judged.decided, total } })]);
  return { over: false, decided: judged.decided, total };
}
