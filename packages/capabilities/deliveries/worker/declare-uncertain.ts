import type { Sql } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';
import { LOST_ANSWER, type LostCommitPolicies, messageKinds, ORDER_MESSAGE } from '../contract.ts';
import { LOCK_ORDER_FIRST } from './lock-order-first.ts';

/**
 * `committing` at the beginning of an attempt: the one before was cut short between the 354 and the server's answer.
 */
const DECLARE = `with ${LOCK_ORDER_FIRST},
  declared as (
    update delivery set state = 'uncertain', lease_token = null, updated_at = now(), error_code = $3, error_sentence = $4, error_hint = $5
    where id = $1 and kind = any($2::text[]) and state = 'committing' and (select count(*) from locked) >= 0
    returning id, shop_id, order_id, kind, attempts),
  cut_short as (
    update delivery_attempt a set ended_at = now(), outcome = 'uncertain', error_code = $3, error_sentence = $4, error_hint = $5
    from declared where a.delivery_id = declared.id and a.ended_at is null),
  staged as (
    update customer_order o set stage = 'problem' from declared where o.id = declared.order_id and declared.kind = '${ORDER_MESSAGE}' and o.stage in ('moving', 'delivered')),
  told as (
    insert into event (shop_id, topic, subject, type, data)
    select shop_id, 'deliveries', coalesce(order_id, id), 'delivery.uncertain',
      jsonb_build_object('deliveryId', id, 'attempt', attempts, 'code', $3::text, 'sentence', $4::text, 'hint', $5::text) from declared)
  select id from declared`;

/**
 * Stops where an earlier attempt may have been accepted without our hearing of it and the message's kind is never sent
 * twice: a person decides. False: nothing stands against an attempt.
 */
export async function declareUncertain(sql: Sql, deliveryId: string, policies: LostCommitPolicies): Promise<boolean> {
  const never = messageKinds.filter((kind) => policies[kind] === 'uncertain');
  if (never.length === 0) return false;
  const { code, sentence, hint } = LOST_ANSWER;
  const row = await sql.row('declare-delivery-uncertain', DECLARE, [deliveryId, never, code, sentence, hint]);
  if (row) sql.wake(LIVE_WAKE);
  return row !== undefined;
}
