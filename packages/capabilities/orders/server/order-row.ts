import { iso } from '../../kit/sql-text.ts';
import { CONCERNS } from '../concerns.ts';

/** The columns of an order in a list, as the contract's `orderRow`. */
export const ORDER_ROW = `o.id, o.number, o.status, o.stage, o.version, o.reference,
  (select s.name from source_order so join order_source s on s.id = so.source_id
    where so.order_id = o.id limit 1) as "sourceName",
  o.customer_name as "customerName", o.customer_email as "customerEmail",
  o.line_count as "lineCount", json_build_object('minor', o.total_minor, 'currency', o.currency) as total,
  ${iso('o.placed_at')} as "placedAt", o.payment_status as "paymentStatus", ${CONCERNS} as concerns,
  case when o.status = 'rejected' then o.admin_notes end as "rejectionReason",
  exists (select 1 from download_link k where k.order_id = o.id and k.downloads > 0) as downloaded,
  case when d.id is not null then json_build_object('id', d.id, 'state', d.state, 'heldUntil', ${iso('d.held_until')},
    'nextAttemptAt', ${iso('d.next_attempt_at')}, 'givesUpAt', ${iso('d.gives_up_at')}, 'attempts', d.attempts, 'errorCode', d.error_code, 'errorSentence', d.error_sentence,
    'acknowledged', d.acknowledged_at is not null) end as delivery`;

/** Each order with the newest delivery of what its approval sends. */
export const ORDER_ROW_FROM = `from customer_order o left join lateral (
    select * from delivery x where x.order_id = o.id and x.kind = 'bundle-links'
      order by x.created_at desc, x.id desc limit 1) d on true`;
