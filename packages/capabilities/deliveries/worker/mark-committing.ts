import type { Sql } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';
import { recordWithin } from '@windlass/live/record-within';
import { deliveryMoved } from '../events.ts';

export type CommitMark = { deliveryId: string; fence: string; composeMs: number };

const MARK = `with held as materialized (
    select d.id, m.fence, m.compose_ms from delivery d
      join unnest($1::text[], $2::text[], $3::float8[]) as m(id, fence, compose_ms) on m.id = d.id
    order by d.id for update of d),
  marked as (
    update delivery d set state = 'committing', updated_at = now() from held
    where d.id = held.id and d.lease_token = held.fence and d.state = 'sending'
    returning d.id, d.shop_id, d.order_id, d.attempts, held.compose_ms),
  dated as (
    update delivery_attempt a set committed_at = clock_timestamp()
      from marked where a.delivery_id = marked.id and a.attempt = marked.attempts),
  told as (
    ${recordWithin(deliveryMoved.committing, {
      from: 'marked',
      subject: 'coalesce(order_id, id)',
      data: { deliveryId: 'id', attempt: 'attempts', composeMs: 'compose_ms' },
    })})
  select id from marked`;

/**
 * The commit marks: the mail server has all of the message but the dot, without which it keeps nothing. From here to its
 * answer nobody knows whether it was taken. False: the fence fell (another attempt began, or it was aborted), and
 * nothing may be sent.
 */
export async function markCommitting(sql: Sql, marks: readonly CommitMark[]): Promise<boolean[]> {
  const marked = await sql.rows<{ id: string }>('mark-deliveries-committing', MARK, [
    marks.map(({ deliveryId }) => deliveryId),
    marks.map(({ fence }) => fence),
    marks.map(({ composeMs }) => composeMs),
  ]);
  sql.wake(LIVE_WAKE);
  const ids = new Set(marked.map(({ id }) => id));
  return marks.map(({ deliveryId }) => ids.has(deliveryId));
}
