/** What other capabilities may do with deliveries, in their own transaction. */
import { newId } from '@windlass/db/ids';
import type { Sql, Tx } from '@windlass/db/sql';
import { recordEvents } from '@windlass/live/record-events';
import { cancelJob } from '@windlass/queue/control/cancel-job';
import { enqueueMany } from '@windlass/queue/jobs/enqueue';
import { deliveryAcknowledged, deliveryMoved, deliveryRedirected } from './events.ts';
import { type DeliveryState, jobs, type MessageKind, ORDER_MESSAGE } from './contract.ts';

export {
  collectDeliveries,
  deliveriesLeaving,
  eraseDeliveries,
  findCustomerDeliveries,
  stopDeliveries,
} from './customer-data.ts';
export { readHold, releaseMessages } from './restored/hold-messages.ts';

export type NewDelivery = {
  /** The order it serves. Left out: none; its news are told of the delivery itself. */
  orderId?: string;
  recipient: { name: string; address: string };
  subject: string;
  /** At most one delivery with this key is ever made. */
  dedupeKey: string;
  resendOf?: string;
};

/** What all messages of one click have in common. */
export type DeliveryOrigin = {
  shopId: string;
  kind: MessageKind;
  /** Holds them back so that they can be taken back. 0: at once. */
  holdSeconds: number;
  /**
   * Whose turn it is when there is more to send than room: the shop, unless a batch must not stand in everybody's way.
   */
  group?: string;
  createdBy: string | null;
  requestId: string | null;
};

/** An order whose customer was erased gets no mail any more, whoever asks. */
const INSERT = `insert into delivery (id, shop_id, order_id, kind, channel, recipient_name, recipient, subject, state, held_until,
    dedupe_key, message_id, job_id, resend_of, created_by, request_id)
  select x.id, s.id, x.order_id, $2, 'email', x.name, x.address, x.subject, case when $3::float8 > 0 then 'withheld' else 'queued' end::delivery_state,
    case when $3::float8 > 0 then now() + make_interval(secs => $3::float8) end,
    x.dedupe_key, '<' || x.id || '@' || split_part(s.mail_from, '@', 2) || '>', x.job_id, x.resend_of, $4, $5
  from shop s, unnest($6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[])
    as x(id, job_id, order_id, name, address, subject, dedupe_key, resend_of)
  left join customer_order o on o.id = x.order_id
  where s.id = $1 and o.erased_at is null
  on conflict (dedupe_key) do nothing
  returning id, job_id as "jobId", coalesce(order_id, id) as subject, state, resend_of is not null as resend, to_char(held_until at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "heldUntil"`;

export type MadeDelivery = { id: string; jobId: string; heldUntil: string | null };
/** `subject`: the order it serves, or the delivery itself. */
type Inserted = MadeDelivery & { subject: string; state: DeliveryState; resend: boolean };

/**
 * Writes a delivery and its job. Answers undefined where the dedupe key is taken: the message is on its way already.
 */
export const createDelivery = async (
  tx: Tx,
  delivery: NewDelivery,
  origin: DeliveryOrigin,
): Promise<MadeDelivery | undefined> => (await createDeliveries(tx, [delivery], origin))[0];

/**
 * The same for many, in three statements however many they are. Those whose key is taken are left out of the answer.
 */
export async function createDeliveries(
  tx: Tx,
  deliveries: readonly NewDelivery[],
  origin: DeliveryOrigin,
): Promise<MadeDelivery[]> {
  const made = await tx.rows<Inserted>('create-deliveries', INSERT, [
    origin.shopId,
    origin.kind,
    origin.holdSeconds,
    origin.createdBy,
    origin.requestId,
    deliveries.map(() => newId('dlv')),
    deliveries.map(() => newId('job')),
    deliveries.map((delivery) => delivery.orderId ?? null),
    deliveries.map((delivery) => delivery.recipient.name),
    deliveries.map((delivery) => delivery.recipient.address),
    deliveries.map((delivery) => delivery.subject),
    deliveries.map((delivery) => delivery.dedupeKey),
    deliveries.map((delivery) => delivery.resendOf ?? null),
  ]);
  await enqueueMany(
    tx,
    {
      job: jobs['deliveries.send-email'],
      each: made.map(({ id, jobId, subject }) => ({ id: jobId, payload: { deliveryId: id }, subject })),
    },
    {
      shopId: origin.shopId,
      runAfterSeconds: origin.holdSeconds,
      ...(origin.group && { group: origin.group }),
      ...(origin.requestId && { requestId: origin.requestId }),
    },
  );
  await recordEvents(
    tx,
    made.map(({ id, subject, state, heldUntil, resend }) =>
      deliveryMoved[state]({
        shopId: origin.shopId,
        subject,
        data: { deliveryId: id, heldUntil, resend, by: origin.createdBy },
      }),
    ),
  );
  return made;
}

/** The order's row first, then its delivery's: the same order as everywhere, so that two people cannot deadlock. */
const LOCK_ORDER = `select o.id from customer_order o join delivery d on d.order_id = o.id where d.id = $1 for update of o`;

/**
 * An approved order whose message will not come asks for a person; an undo sets it back to waiting in the same
 * transaction.
 */
const ABORT = `with aborted as (
    update delivery set state = 'aborted', updated_at = now()
    where id = $1 and state in ('withheld', 'queued', 'awaiting_retry')
    returning id, shop_id, order_id, job_id, kind),
  staged as (
    update customer_order o set stage = 'problem' from aborted
    where o.id = aborted.order_id and aborted.kind = '${ORDER_MESSAGE}' and o.stage = 'moving')
  select shop_id as "shopId", coalesce(order_id, id) as subject, job_id as "jobId" from aborted`;

/** Takes a delivery back that has not begun to leave, and its job with it. False: too late. */
export async function abortDelivery(tx: Tx, deliveryId: string, by: string | null): Promise<boolean> {
  await tx.rows('lock-order-of-delivery', LOCK_ORDER, [deliveryId]);
  const row = await tx.row<{ shopId: string; subject: string; jobId: string }>('abort-delivery', ABORT, [deliveryId]);
  if (!row) return false;
  await cancelJob(tx, row.jobId, jobs);
  await recordEvents(tx, [
    deliveryMoved.aborted({
      shopId: row.shopId,
      subject: row.subject,
      data: { deliveryId, by },
    }),
  ]);
  return true;
}

/** The same, for whoever stops the job from the jobs screen. Undefined: the job is not a delivery's. */
export async function abortDeliveryOfJob(tx: Tx, jobId: string, by: string): Promise<boolean | undefined> {
  const delivery = await tx.row<{ id: string }>('delivery-of-job', 'select id from delivery where job_id = $1', [
    jobId,
  ]);
  return delivery && abortDelivery(tx, delivery.id, by);
}

const ABORT_WITHHELD = `with aborted as (
    update delivery set state = 'aborted', updated_at = now()
    where order_id = any($1::text[]) and state = 'withheld' and held_until > now()
    returning id, shop_id, order_id, job_id),
  stopped as (
    update job j set state = 'cancelled', cancel_requested_at = now(), finished_at = now(), generation = j.generation + 1
    from aborted where j.id = aborted.job_id and j.state in ('scheduled', 'queued') returning j.id, j.shop_id, j.subject),
  told as (
    insert into event (shop_id, topic, subject, type, data)
    select shop_id, 'jobs', id, 'job.cancelled', jsonb_build_object('serves', subject) from stopped)
  select id, shop_id as "shopId", order_id as "orderId" from aborted`;

export type WithheldAbort = {
  by: string;
  /** Tells of these orders why: before their messages' own events, so that the cause stands first on each timeline. */
  tellCause: (orderIds: readonly string[]) => Promise<void>;
};

/**
 * Takes back all messages of these orders that are still withheld, with their jobs. The orders' rows are locked by the
 * caller.
 */
export async function abortWithheld(
  tx: Tx,
  orderIds: readonly string[],
  { by, tellCause }: WithheldAbort,
): Promise<string[]> {
  const aborted = await tx.rows<{ id: string; shopId: string; orderId: string }>(
    'abort-withheld-deliveries',
    ABORT_WITHHELD,
    [orderIds],
  );
  const ids = aborted.map(({ orderId }) => orderId);
  await tellCause(ids);
  await recordEvents(
    tx,
    aborted.map(({ id, shopId, orderId }) =>
      deliveryMoved.aborted({
        shopId,
        subject: orderId,
        data: { deliveryId: id, by },
      }),
    ),
  );
  return ids;
}

const REDIRECT = `with redirected as (
    update delivery set recipient = $2, updated_at = now()
    where order_id = $1 and state in ('withheld', 'queued', 'awaiting_retry') and recipient <> $2
    returning id, shop_id, order_id),
  told as (
    insert into event (shop_id, topic, subject, type, data)
    select shop_id, 'deliveries', order_id, '${deliveryRedirected.type}', jsonb_build_object('deliveryId', id, 'by', $3::text) from redirected)
  select id from redirected`;

/**
 * Messages of an order that wait for their first or next try go to this address instead. One that is being sent or has
 * failed takes the order's address when it is tried again (begin-attempt.ts). The order's row is locked by the caller,
 * as the worker locks it before it takes a message up.
 */
export const redirectUnsent = async (
  tx: Tx,
  { orderId, address, by }: { orderId: string; address: string; by: string },
): Promise<number> => (await tx.rows('redirect-unsent-deliveries', REDIRECT, [orderId, address, by])).length;

/**
 * Of these jobs, those that are no message's, or whose message failed with them. One taken back stays so; an uncertain
 * one is a person's to decide.
 */
const RETRYABLE = `select x.id from unnest($1::text[]) with ordinality as x(id, n) left join delivery d on d.job_id = x.id
  where d.id is null or (d.state = 'failed' and d.erased_at is null) order by x.n`;
const QUEUE_AGAIN = `update delivery set state = 'queued', acknowledged_at = null, updated_at = now() where job_id = any($1::text[]) and state = 'failed'`;

/** Which of these failed jobs may run again; changes nothing. */
export const retryableJobs = async (sql: Sql, jobIds: readonly string[]): Promise<string[]> =>
  (await sql.rows<{ id: string }>('retryable-jobs', RETRYABLE, [jobIds])).map(({ id }) => id);

/** The same, and puts their messages back into the queue: the caller runs the jobs again in this transaction. */
export async function queueMessagesAgain(tx: Tx, jobIds: readonly string[]): Promise<string[]> {
  const ids = await retryableJobs(tx, jobIds);
  await tx.rows('queue-deliveries-again', QUEUE_AGAIN, [ids]);
  return ids;
}

const TRY_NOW = `update delivery d set next_attempt_at = now(), updated_at = now() from job j
  where j.id = d.job_id and d.job_id = $1 and d.state = 'awaiting_retry' and j.state = 'retrying'`;

/** The message of this job does not wait for its next try any more: the caller starts the job in this transaction. */
export const tryMessageNow = async (tx: Tx, jobId: string): Promise<void> =>
  void (await tx.rows('try-delivery-now', TRY_NOW, [jobId]));

/**
 * Orders are locked before their deliveries, as everywhere. An order whose failed message is left so waits for nobody
 * any more.
 */
const ACKNOWLEDGE = `with locked as materialized (
    select o.id from customer_order o join delivery d on d.order_id = o.id where d.job_id = any($1::text[]) order by o.id for update of o),
  seen as (
    update delivery set acknowledged_at = now(), updated_at = now()
    where job_id = any($1::text[]) and state in ('failed', 'bounced') and acknowledged_at is null and (select count(*) from locked) >= 0
    returning id, shop_id, order_id, kind),
  closed as (
    update customer_order o set stage = 'closed' from seen
    where o.id = seen.order_id and seen.kind = '${ORDER_MESSAGE}' and o.stage = 'problem'),
  told as (
    insert into event (shop_id, topic, subject, type, data)
    select shop_id, 'deliveries', coalesce(order_id, id), '${deliveryAcknowledged.type}', jsonb_build_object('deliveryId', id, 'by', $2::text) from seen)
  select id from seen`;

/** The failed messages of these jobs are left as they are. */
export async function acknowledgeMessages(tx: Tx, jobIds: readonly string[], by: string): Promise<void> {
  await tx.rows('acknowledge-deliveries', ACKNOWLEDGE, [jobIds, by]);
}

/**
 * Nobody knows whether this job's message arrived: running it again is a person's decision on the delivery, not on the
 * job.
 */
export async function isJobOfUncertainDelivery(tx: Tx, jobId: string): Promise<boolean> {
  return (
    (await tx.row(
      'uncertain-delivery-of-job',
      `select 1 as yes from delivery where job_id = $1 and state = 'uncertain'`,
      [jobId],
    )) !== undefined
  );
}
