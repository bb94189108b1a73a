import type { Sql } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';
import { deliveryMoved } from '../events.ts';

const MARK = `with marked as (
    update delivery set state = 'committing', updated_at = now()
    where id = $1 and lease_token = $2 and state = 'sending'
    returning id, shop_id, order_id, attempts),
  dated as (
    update delivery_attempt a set committed_at = clock_timestamp() from marked where a.delivery_id = marked.id and a.attempt = marked.attempts),
  told as (
    insert into event (shop_id, topic, subject, type, data)
    select shop_id, 'deliveries', coalesce(order_id, id), '${deliveryMoved.committing.type}', jsonb_build_object('deliveryId', id, 'attempt', attempts, 'composeMs', $3::float8)
    from marked)
  select id from marked`;

/**
 * The commit mark: the mail server has said 354, and the message is about to go out. From here to the server's answer
 * nobody knows whether it was taken. False: the fence fell (another attempt began, or it was aborted), and nothing may
 * be sent.
 */
export async function markCommitting(
  sql: Sql,
  mark: { deliveryId: string; fence: string; composeMs: number },
): Promise<boolean> {
  const row = await sql.row('mark-delivery-committing', MARK, [mark.deliveryId, mark.fence, mark.composeMs]);
  sql.wake(LIVE_WAKE);
  return row !== undefined;
}
