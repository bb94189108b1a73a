import { notFound } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { iso } from '../../kit/sql-text.ts';
import { timelineOf } from '../../kit/timeline-sql.ts';
import type { OrderDetail } from '../contract.ts';
import { ORDER_ROW, ORDER_ROW_FROM } from './order-row.ts';

const LINES = `(select coalesce(json_agg(json_build_object('id', l.id, 'position', l.position, 'sku', l.sku, 'title', l.title, 'quantity', l.quantity,
    'decoration', json_build_object('method', l.decoration_method, 'location', l.decoration_location, 'size',
      l.decoration_size),
    'unit', json_build_object('minor', l.unit_minor, 'currency', o.currency),
    'bundle', case when b.id is not null then json_build_object('id', b.id, 'name', b.name, 'sizeBytes', b.size_bytes,
      'ready', b.object_key is not null) end)
    order by l.position), '[]')
  from order_line l left join bundle b on b.id = l.bundle_id where l.order_id = o.id)`;

const DELIVERIES = `(select coalesce(json_agg(json_build_object('id', x.id, 'jobId', x.job_id, 'state', x.state, 'recipient', x.recipient,
    'heldUntil', ${iso('x.held_until')}, 'nextAttemptAt', ${iso('x.next_attempt_at')}, 'givesUpAt', ${iso('x.gives_up_at')}, 'attempts', x.attempts,
    'errorCode', x.error_code, 'errorSentence', x.error_sentence, 'errorHint', x.error_hint, 'acknowledged', x.acknowledged_at is not null, 'createdAt', ${iso('x.created_at')}, 'step', j.step,
    'conversations', (select coalesce(json_agg(json_build_object('attempt', a.attempt, 'lines', coalesce(a.conversation, '[]')) order by a.attempt), '[]')
      from delivery_attempt a where a.delivery_id = x.id and a.ended_at is not null))
    order by x.created_at, x.id), '[]')
  from delivery x left join job j on j.id = x.job_id where x.order_id = o.id)`;

const LINKS = `(select coalesce(json_agg(json_build_object('id', k.id, 'bundleName', b.name, 'deliveryId', k.delivery_id,
    'state', case when k.revoked_at is not null then 'revoked' when k.expires_at <= now() then 'expired'
      when k.downloads >= k.max_downloads then 'used_up' else 'active' end,
    'expiresAt', ${iso('k.expires_at')}, 'downloads', k.downloads, 'maxDownloads', k.max_downloads) order by k.created_at, k.id), '[]')
  from download_link k join bundle b on b.id = k.bundle_id where k.order_id = o.id)`;

const SELECT = `select ${ORDER_ROW}, o.customer_note as "customerNote", o.admin_notes as "adminNotes",
  o.erased_at is not null as erased,
    ${iso('o.shop_cancelled_at')} as "shopCancelledAt",
    u.name as "decidedBy", ${iso('coalesce(o.approved_at, o.rejected_at)')} as "decidedAt",
    ${iso(`case when o.status = 'rejected' then o.rejected_at + make_interval(secs => $3::float8) when d.state = 'withheld' then d.held_until end`)} as "undoUntil",
    ${LINES} as lines, ${DELIVERIES} as deliveries, ${LINKS} as links, ${timelineOf('o.id')} as timeline
  ${ORDER_ROW_FROM} left join app_user u on u.id = coalesce(o.approved_by, o.rejected_by)
  where o.id = $1 and o.shop_id = $2`;

/** An order with everything its page shows, in one statement. */
export async function getOrder(ctx: SignedInContext, id: string): Promise<OrderDetail> {
  const { database, settings } = ctx.services;
  const order = await database.sql.row<OrderDetail>('get-order', SELECT, [id, ctx.person.shopId, settings.undoSeconds]);
  if (!order) throw notFound('order');
  return order;
}
