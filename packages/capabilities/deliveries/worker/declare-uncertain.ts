import type { Sql } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';
import { LOST_ANSWER, ORDER_MESSAGE } from '../contract.ts';
import { LOCK_ORDER_FIRST } from './lock-order-first.ts';
import { deliveryMoved } from '../events.ts';

/**
 * `committing` at the beginning of an attempt: the one before was cut short between the 354 and the server's answer.
 */
const DECLARE = `with ${LOCK_ORDER_FIRST},
  declared as (
    update delivery set state = 'uncertain', lease_token = null, updated_at = now(), error_code = $2, error_sentence = $3, error_hint = $4
    where id = $1 and state = 'committing' and (select count(*) from locked) >= 0
    returning id, shop_id, order_id, kind, attempts),
  cut_short as (
    update delivery_attempt a set ended_at = now(), outcome = 'uncertain', error_code = $2, error_sentence = $3, error_hint = $4
    from declared where a.delivery_id = declared.id and a.ended_at is null),
  staged as (
    update customer_order o set stage = 'problem' from declared where o.id = declared.order_id and declared.kind = '${ORDER_MESSAGE}' and o.stage in ('moving', 'delivered')),
  told as (
    insert into event (shop_id, topic, subject, type, data)
    select shop_id, 'deliveries', coalesce(order_id, id), '${deliveryMoved.uncertain.type}',
      jsonb_build_object('deliveryId', id, 'attempt', attempts, 'code', $2::text, 'sentence', $3::text, 'hint', $4::text) from declared)
  select id from declared`;

/**
 * Where nothing is ever sent twice: stops where an earlier attempt may have been accepted without our hearing of it, and
 * a person decides. False: nothing stands against an attempt.
 */
export async function declareUncertain(sql: Sql, deliveryId: string): Promise<boolean> {
  const { code, sentence, hint } = LOST_ANSWER;
  const row = await sql.row('declare-delivery-uncertain', DECLARE, [deliveryId, code, sentence, hint]);
  if (row) sql.wake(LIVE_WAKE);
  return row !== undefined;
}
