import { iso } from '../../kit/sql-text.ts';

/** The columns of a delivery in a list, as the contract's `deliveryRow`. */
export const DELIVERY_ROW = `d.id, d.kind, d.channel, d.recipient_name as "recipientName", d.recipient, d.subject, d.state,
  ${iso('d.held_until')} as "heldUntil", ${iso('d.next_attempt_at')} as "nextAttemptAt", ${iso('d.gives_up_at')} as "givesUpAt", d.attempts,
  d.error_code as "errorCode", d.error_sentence as "errorSentence", d.acknowledged_at is not null as acknowledged, d.order_id as "orderId", o.number as "orderNumber", d.job_id as "jobId",
  ${iso('d.created_at')} as "createdAt", ${iso('d.accepted_at')} as "acceptedAt"`;

export const DELIVERY_FROM = `from delivery d left join customer_order o on o.id = d.order_id`;
