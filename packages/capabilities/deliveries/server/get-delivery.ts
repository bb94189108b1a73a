import { notFound } from '../../kit/refusal.ts';
import type { SignedInContext } from '../../kit/server-context.ts';
import { iso } from '../../kit/sql-text.ts';
import type { DeliveryDetail } from '../contract.ts';
import { DELIVERY_ROW, toDeliveryRows } from './delivery-row.ts';

const ATTEMPTS = `(select coalesce(json_agg(json_build_object('attempt', a.attempt, 'startedAt', ${iso('a.started_at')}, 'committedAt', ${iso('a.committed_at')},
    'endedAt', ${iso('a.ended_at')}, 'outcome', a.outcome, 'smtpCode', a.smtp_code, 'errorCode', a.error_code, 'errorSentence', a.error_sentence,
    'errorHint', a.error_hint, 'conversation', coalesce(a.conversation, '[]')) order by a.attempt), '[]')
  from delivery_attempt a where a.delivery_id = d.id)`;

const SELECT = `select ${DELIVERY_ROW}, d.message_id as "messageId", d.resend_of as "resendOf",
  d.error_hint as "errorHint",
    d.request_id as "requestId", ${ATTEMPTS} as "attemptRows"
  from delivery d where d.id = $1 and d.shop_id = $2`;

/** A delivery with each of its attempts and their conversations. */
export async function getDelivery(ctx: SignedInContext, id: string): Promise<DeliveryDetail> {
  const raw = await ctx.services.database.sql.row<Omit<DeliveryDetail, 'serves'>>('get-delivery', SELECT, [
    id,
    ctx.person.shopId,
  ]);
  if (!raw) throw notFound('delivery');
  return (await toDeliveryRows(ctx, [raw]))[0]!;
}
