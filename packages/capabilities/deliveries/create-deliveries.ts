import { newId } from '@windlass/db/ids';
import type { Tx } from '@windlass/db/sql';
import { recordEvents } from '@windlass/live/record-events';
import { enqueueMany } from '@windlass/queue/jobs/enqueue';
import { type DeliveryState, jobs, type MessageKind } from './contract.ts';
import { deliveryMoved } from './events.ts';

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
const INSERT = `insert into delivery (id, shop_id, order_id, kind, channel, recipient_name, recipient, subject, state,
    held_until, dedupe_key, message_id, job_id, resend_of, created_by, request_id)
  select x.id, s.id, x.order_id, $2, 'email', x.name, x.address, x.subject,
    case when $3::float8 > 0 then 'withheld' else 'queued' end::delivery_state,
    case when $3::float8 > 0 then now() + make_interval(secs => $3::float8) end,
    x.dedupe_key, '<' || x.id || '@' || split_part(s.mail_from, '@', 2) || '>', x.job_id, x.resend_of, $4, $5
  from shop s,
    unnest($6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[])
    as x(id, job_id, order_id, name, address, subject, dedupe_key, resend_of)
  left join customer_order o on o.id = x.order_id
  where s.id = $1 and o.erased_at is null
  on conflict (dedupe_key) do nothing
  returning id, job_id as "jobId", coalesce(order_id, id) as subject, state, resend_of is not null as resend,
    to_char(held_until at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "heldUntil"`;

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
