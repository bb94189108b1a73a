import type { Sql } from '@windlass/db/sql';
import { Refusal } from '../../kit/refusal.ts';
import { CONCERNS } from '../../orders/operations.ts';
import type { OrderConcern } from '../contract.ts';
import { concernList } from '../rules.ts';

export type OrderNow = {
  number: number;
  status: 'waiting' | 'approved' | 'rejected' | 'cancelled';
  version: number;
  decidedBy: string | null;
  undoUntil: string | null;
  deliverable: boolean;
  concerns: OrderConcern[];
  /** What was done to the order, newest first: each entry made its version grow by one. */
  changes: readonly { type: string; by: string | null }[];
};

const SELECT = `select o.number, o.status, o.version, u.name as "decidedBy", ${CONCERNS} as concerns,
    (select to_char(max(d.held_until) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from delivery d
      where d.order_id = o.id and d.state = 'withheld' and d.held_until > now()) as "undoUntil",
    exists (select 1 from order_line l join bundle b on b.id = l.bundle_id
      where l.order_id = o.id and b.object_key is not null) as deliverable,
    (select coalesce(json_agg(json_build_object('type', e.type, 'by', e.data->>'by') order by e.seq desc), '[]')
      from (select * from event where subject = o.id
        and type in ('approval.approved', 'approval.rejected', 'approval.undone', 'approval.reopened', 'order.email-corrected', 'order.changed-by-shop')
        order by seq desc limit 10) e) as changes
  from customer_order o left join app_user u on u.id = coalesce(o.approved_by, o.rejected_by)
  where o.id = $1 and o.shop_id = $2`;

/** How the order stands for somebody whose decision came too late. */
export const readOrderNow = (sql: Sql, orderId: string, shopId: string): Promise<OrderNow | undefined> =>
  sql.row<OrderNow>('read-order-now', SELECT, [orderId, shopId]);

const words: Readonly<Record<string, string>> = {
  'approval.approved': 'approved',
  'approval.rejected': 'rejected',
  'approval.undone': 'decision undone',
  'approval.reopened': 'reopened',
  'order.email-corrected': 'e-mail address corrected',
  'order.changed-by-shop': 'changed in the shop',
};

/** The order was decided otherwise, or changed under the caller's eyes since the `seen` version: then it says how. */
export function refuseDecision(now: OrderNow, wanted: 'approved' | 'rejected' | 'reopened', seen?: number): Refusal {
  if (now.status === 'waiting') {
    const since = now.changes.slice(0, Math.max(0, now.version - (seen ?? now.version))).toReversed();
    const told = since.map(({ type, by }) => `${words[type]}${by ? ` by ${by}` : ''}`).join(', ');
    return new Refusal('conflict', 'STALE', {
      message: `Order #${now.number} changed since you opened it${told && `: ${told}`}. Look again, then decide.`,
      fields: { version: `It is at version ${now.version}; you saw ${seen ?? 'another'}.` },
    });
  }
  const by = now.decidedBy ? ` by ${now.decidedBy}` : '';
  return new Refusal('conflict', 'INVALID_STATE', {
    message: `Order #${now.number} was ${now.status}${by} meanwhile, so it was not ${wanted}.`,
  });
}

/** Its shop says something against sending it that the caller has not named. */
export const refuseUnseen = ({ number, concerns }: OrderNow): Refusal =>
  new Refusal('conflict', 'NOT_CONFIRMED', {
    message: `The shop says that order #${number} ${concernList(concerns)}, so it was not approved. Look at it, and approve it all the same if you mean to.`,
    fields: { despite: concerns.join(', ') },
  });
