import type { Tx } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';
import { recordWithin } from '@windlass/live/record-within';
import { ASYNCHRONOUS_COMMIT } from '@windlass/queue/statements/asynchronous-commit';
import { type MessageSettlers, settleMessages } from '../../kit/message-settler.ts';
import { deliveryMoved } from '../events.ts';
import { lockOrdersFirst } from '../lock-orders-first.ts';

/** `fence`: lease and attempt of the job. Whoever lost its lease writes nothing more about the delivery. */
export type AttemptToBegin = { deliveryId: string; fence: string };

export type BegunAttempt = {
  id: string;
  shopId: string;
  orderId: string | null;
  kind: string;
  recipientName: string;
  recipient: string;
  subject: string;
  messageId: string;
  attempt: number;
  /** The state before. `committing`: an earlier attempt may have been accepted without our hearing of it. */
  was: string;
};

type Begun = BegunAttempt & { fence: string | null; resend: boolean; touched: boolean };

/**
 * It goes to the address its order has now, however often it was tried at another. `failed` may begin again: its job
 * only runs when a person retried it. A state not listed has nothing left to send. Its commit does not wait for the
 * disk: the commit mark's does, and brings this along.
 */
const BEGIN = `with ${lockOrdersFirst('$1::text[]')},
  begun as (
    update delivery d set state = 'sending', attempts = d.attempts + 1, lease_token = asked.fence,
      next_attempt_at = null, updated_at = now(),
      recipient = coalesce(locked.address, d.recipient), error_code = null, error_sentence = null, error_hint = null
    from held join unnest($1::text[], $2::text[]) as asked(id, fence) on asked.id = held.id
      left join locked on locked.id = held.order_id, ${ASYNCHRONOUS_COMMIT}
    where d.id = held.id and d.erased_at is null and held.state in ('withheld', 'queued', 'awaiting_retry', 'sending',
      'committing', 'failed')
    returning d.*, held.state as was, held.touched),
  begun_attempt as (insert into delivery_attempt (delivery_id, attempt) select id, attempts from begun),
  cut_short as (
    update delivery_attempt a set ended_at = now(), outcome = 'lost', error_code = 'WORKER_LOST',
      error_sentence = 'The worker stopped during this attempt.'
    from begun where a.delivery_id = begun.id and a.attempt < begun.attempts and a.ended_at is null),
  told as (
    ${recordWithin(deliveryMoved.sending, {
      from: 'begun',
      subject: 'coalesce(order_id, id)',
      data: { deliveryId: 'id', attempt: 'attempts', was: 'was' },
    })})
  select id, lease_token as fence, shop_id as "shopId", order_id as "orderId", kind, recipient_name as "recipientName",
    recipient, subject,
    message_id as "messageId", attempts as attempt, was, resend_of is not null as resend, touched from begun`;

/**
 * Opens the next attempts, each under its caller's fence; what they serve is on its way again. Undefined: there is
 * nothing (left) to send.
 */
export async function beginAttempts(
  tx: Tx,
  attempts: readonly AttemptToBegin[],
  settlers: MessageSettlers,
): Promise<(BegunAttempt | undefined)[]> {
  const begun = await tx.rows<Begun>('begin-delivery-attempts', BEGIN, [
    attempts.map(({ deliveryId }) => deliveryId),
    attempts.map(({ fence }) => fence),
  ]);
  await settleMessages(
    tx,
    settlers,
    // Whoever makes a message says himself that what it serves is under way; here that is said of those sent anew.
    begun
      .filter(({ attempt, resend, touched }) => attempt > 1 || resend || touched)
      .map(({ kind, orderId }) => ({ kind, subject: orderId, fate: 'moving' })),
  );
  tx.wake(LIVE_WAKE);
  return attempts.map(({ deliveryId, fence }) => begun.find((row) => row.id === deliveryId && row.fence === fence));
}
