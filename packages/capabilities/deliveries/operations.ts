/** What other capabilities may do with deliveries, in their own transaction. */
import { newId } from '@windlass/db/ids';
import type { Tx } from '@windlass/db/sql';
import { recordEvents } from '@windlass/live/record-events';
import { cancelJob } from '@windlass/queue/cancel-job';
import { enqueue } from '@windlass/queue/enqueue';
import { jobs, type MessageKind } from './contract.ts';

export type NewDelivery = {
  shopId: string;
  orderId: string;
  kind: MessageKind;
  recipient: { name: string; address: string };
  subject: string;
  /** At most one delivery with this key is ever made. */
  dedupeKey: string;
  /** Holds it back so that it can be taken back. 0: at once. */
  holdSeconds: number;
  resendOf?: string;
  createdBy: string | null;
  requestId: string | null;
};

const INSERT = `insert into delivery (id, shop_id, order_id, kind, channel, recipient_name, recipient, subject, state, held_until,
    dedupe_key, message_id, job_id, resend_of, created_by, request_id)
  select $1, s.id, $3, $4, 'email', $5, $6, $7, case when $8::float8 > 0 then 'withheld' else 'queued' end::delivery_state,
    case when $8::float8 > 0 then now() + make_interval(secs => $8::float8) end,
    $9, '<' || $1 || '@' || split_part(s.mail_from, '@', 2) || '>', $10, $11, $12, $13
  from shop s where s.id = $2
  on conflict (dedupe_key) do nothing
  returning id, state, to_char(held_until at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "heldUntil"`;

export type MadeDelivery = { id: string; jobId: string; heldUntil: string | null };

/** Writes a delivery and its job. Answers undefined where the dedupe key is taken: the message is on its way already. */
export async function createDelivery(tx: Tx, delivery: NewDelivery): Promise<MadeDelivery | undefined> {
  const id = newId('dlv');
  const jobId = newId('job');
  const made = await tx.row<{ id: string; state: string; heldUntil: string | null }>('create-delivery', INSERT, [
    id, delivery.shopId, delivery.orderId, delivery.kind, delivery.recipient.name, delivery.recipient.address, delivery.subject,
    delivery.holdSeconds, delivery.dedupeKey, jobId, delivery.resendOf ?? null, delivery.createdBy, delivery.requestId,
  ]);
  if (!made) return undefined;
  await enqueue(
    tx,
    { job: jobs['deliveries.send-email'], payload: { deliveryId: id } },
    {
      id: jobId,
      shopId: delivery.shopId,
      subject: delivery.orderId,
      runAfterSeconds: delivery.holdSeconds,
      ...(delivery.requestId && { requestId: delivery.requestId }),
    },
  );
  await recordEvents(tx, [
    {
      shopId: delivery.shopId,
      topic: 'deliveries',
      subject: delivery.orderId,
      type: `delivery.${made.state}`,
      data: { deliveryId: id, heldUntil: made.heldUntil, resend: delivery.resendOf !== undefined, by: delivery.createdBy },
    },
  ]);
  return { id, jobId, heldUntil: made.heldUntil };
}

/** The order's row first, then its delivery's: the same order as everywhere, so that two people cannot deadlock. */
const LOCK_ORDER = `select o.id from customer_order o join delivery d on d.order_id = o.id where d.id = $1 for update of o`;

/** An approved order whose message will not come asks for a person; an undo sets it back to waiting in the same transaction. */
const ABORT = `with aborted as (
    update delivery set state = 'aborted', updated_at = now()
    where id = $1 and state in ('withheld', 'queued', 'awaiting_retry')
    returning shop_id, order_id, job_id),
  staged as (
    update customer_order o set stage = 'problem' from aborted where o.id = aborted.order_id and o.stage = 'moving')
  select shop_id as "shopId", order_id as "orderId", job_id as "jobId" from aborted`;

/** Takes a delivery back that has not begun to leave, and its job with it. False: too late. */
export async function abortDelivery(tx: Tx, deliveryId: string, by: string | null): Promise<boolean> {
  await tx.rows('lock-order-of-delivery', LOCK_ORDER, [deliveryId]);
  const row = await tx.row<{ shopId: string; orderId: string; jobId: string }>('abort-delivery', ABORT, [deliveryId]);
  if (!row) return false;
  await cancelJob(tx, row.jobId);
  await recordEvents(tx, [{ shopId: row.shopId, topic: 'deliveries', subject: row.orderId, type: 'delivery.aborted', data: { deliveryId, by } }]);
  return true;
}

/** The same, for whoever stops the job from the jobs screen. Undefined: the job is not a delivery's. */
export async function abortDeliveryOfJob(tx: Tx, jobId: string, by: string): Promise<boolean | undefined> {
  const delivery = await tx.row<{ id: string }>('delivery-of-job', 'select id from delivery where job_id = $1', [jobId]);
  return delivery && abortDelivery(tx, delivery.id, by);
}
