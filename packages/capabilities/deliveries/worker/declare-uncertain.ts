import type { Tx } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';
import { recordWithin } from '@windlass/live/record-within';
import { type MessageSettlers, settleMessages } from '../../kit/message-settler.ts';
import { LOST_ANSWER, UNHEARD_CODES } from '../contract.ts';
import { deliveryMoved } from '../events.ts';
import { lockOrdersFirst } from '../lock-orders-first.ts';

/**
 * `committing` at the beginning of an attempt: the one before was cut short between the commit mark and the server's
 * answer. $5: each of so many that ended like that, or without an answer ($6), may have been taken, and one more would
 * be a copy too many.
 */
const DECLARE = `with ${lockOrdersFirst('$1::text[]')},
  declared as (
    update delivery d set state = 'uncertain', lease_token = null, updated_at = now(), error_code = $2,
      error_sentence = $3, error_hint = $4
    from held where d.id = held.id and d.state in ('committing', 'awaiting_retry') and $5::int <= (
      select count(*) from delivery_attempt a
      where a.delivery_id = d.id and a.committed_at is not null
        and (coalesce(a.outcome, 'lost') = 'lost' or a.error_code = any($6::text[])))
    returning d.id, d.shop_id, d.order_id, d.kind, d.attempts),
  cut_short as (
    update delivery_attempt a set ended_at = now(), outcome = 'uncertain', error_code = $2, error_sentence = $3,
      error_hint = $4
    from declared where a.delivery_id = declared.id and a.ended_at is null),
  told as (
    ${recordWithin(deliveryMoved.uncertain, {
      from: 'declared',
      subject: 'coalesce(order_id, id)',
      data: { deliveryId: 'id', attempt: 'attempts', code: '$2::text', sentence: '$3::text', hint: '$4::text' },
    })})
  select id, order_id as subject, kind from declared`;

type Declared = { id: string; subject: string | null; kind: string };

/**
 * Stops where so many earlier attempts may have been accepted without our hearing of it as there may be copies, and a
 * person decides. False: nothing stands against an attempt.
 */
export async function declareUncertain(
  tx: Tx,
  deliveryIds: readonly string[],
  { mostCopies, settlers }: { mostCopies: number; settlers: MessageSettlers },
): Promise<boolean[]> {
  const { code, sentence, hint } = LOST_ANSWER;
  const declared = await tx.rows<Declared>('declare-deliveries-uncertain', DECLARE, [
    deliveryIds,
    code,
    sentence,
    hint,
    mostCopies,
    UNHEARD_CODES,
  ]);
  await settleMessages(
    tx,
    settlers,
    declared.map(({ kind, subject }) => ({ kind, subject, fate: 'failed' })),
  );
  if (declared.length > 0) tx.wake(LIVE_WAKE);
  const ids = new Set(declared.map(({ id }) => id));
  return deliveryIds.map((id) => ids.has(id));
}
