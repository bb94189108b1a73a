import type { Sql } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';
import { ORDER_MESSAGE } from '../contract.ts';
import { LOCK_ORDER_FIRST } from './lock-order-first.ts';
import { deliveryMoved } from '../events.ts';

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

/**
 * It goes to the address its order has now, however often it was tried at another. `failed` may begin again: its job
 * only runs when a person retried it. A state not listed has nothing left to send. The order's row is locked before its
 * delivery's, here as everywhere, so that nobody deadlocks with a person who stops the delivery.
 */
const BEGIN = `with ${LOCK_ORDER_FIRST},
  was as (select id, state from delivery where id = $1 and erased_at is null and (select count(*) from locked) >= 0 for update),
  begun as (
    update delivery d set state = 'sending', attempts = d.attempts + 1, lease_token = $2, next_attempt_at = null, updated_at = now(),
      recipient = coalesce((select address from locked), d.recipient), error_code = null, error_sentence = null, error_hint = null
    from was where d.id = was.id and was.state in ('withheld', 'queued', 'awaiting_retry', 'sending', 'committing', 'failed')
    returning d.*, was.state as was),
  begun_attempt as (insert into delivery_attempt (delivery_id, attempt) select id, attempts from begun),
  cut_short as (
    update delivery_attempt a set ended_at = now(), outcome = 'lost', error_code = 'WORKER_LOST',
      error_sentence = 'The worker stopped during this attempt.'
    from begun where a.delivery_id = begun.id and a.attempt < begun.attempts and a.ended_at is null),
  staged as (
    update customer_order o set stage = 'moving' from begun where o.id = begun.order_id and begun.kind = '${ORDER_MESSAGE}' and o.status = 'approved' and o.stage in ('problem', 'closed')),
  told as (
    insert into event (shop_id, topic, subject, type, data)
    select shop_id, 'deliveries', coalesce(order_id, id), '${deliveryMoved.sending.type}', jsonb_build_object('deliveryId', id, 'attempt', attempts, 'was', was) from begun)
  select id, shop_id as "shopId", order_id as "orderId", kind, recipient_name as "recipientName", recipient, subject,
    message_id as "messageId", attempts as attempt, was from begun`;

/** Opens the next attempt under the caller's fence. Undefined: there is nothing (left) to send. */
export async function beginAttempt(sql: Sql, deliveryId: string, fence: string): Promise<BegunAttempt | undefined> {
  const row = await sql.row<BegunAttempt>('begin-delivery-attempt', BEGIN, [deliveryId, fence]);
  sql.wake(LIVE_WAKE);
  return row;
}
