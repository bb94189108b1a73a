import { iso } from '../../kit/sql-text.ts';

/** The columns of a delivery in a list, as the contract's `deliveryRow`; `at` is its place with microseconds. */
export const DELIVERY_ROW = `d.id, d.kind, d.channel, d.recipient_name as "recipientName", d.recipient, d.subject, d.state,
  ${iso('d.held_until')} as "heldUntil", ${iso('d.next_attempt_at')} as "nextAttemptAt", d.attempts, coalesce(j.max_attempts, greatest(d.attempts, 1)) as tries,
  d.error_sentence as "errorSentence", d.order_id as "orderId", o.number as "orderNumber", d.job_id as "jobId",
  ${iso('d.created_at')} as "createdAt", ${iso('d.accepted_at')} as "acceptedAt", d.created_at::text as at`;

export const DELIVERY_FROM = `from delivery d left join job j on j.id = d.job_id left join customer_order o on o.id = d.order_id`;
