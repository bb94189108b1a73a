import type { Tx } from '@windlass/db/sql';
import { recordEachWithin } from '@windlass/live/record-within';
import type { JobEnd } from '@windlass/queue/jobs/job-life';
import { type MessageSettlers, type OutcomeOfKind, settleMessages } from '../kit/message-settler.ts';
import { deliveryMoved } from './events.ts';

/** Of a delivery that goes on by itself, as long as its job does. */
const UNDER_WAY = `('withheld', 'queued', 'sending', 'committing', 'awaiting_retry')`;

const LOCK = `select o.id from customer_order o where o.id in (
    select d.order_id from delivery d where d.job_id = any($1::text[]) and d.state in ${UNDER_WAY})
      order by o.id for update`;

const SETTLE = `with ended as (
    select d.id, d.state as was, e.*
      from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) as e(job_id, state, code, sentence, hint)
      join delivery d on d.job_id = e.job_id where d.state in ${UNDER_WAY} order by d.id for update of d),
  settled as (
    update delivery d set state = case e.state when 'cancelled' then 'aborted' else 'failed' end::delivery_state,
      lease_token = null,
      next_attempt_at = null, updated_at = now(), error_code = e.code,
      error_sentence = case when e.state = 'cancelled' and e.was = 'committing'
        then 'It was stopped while the mail server had it.' else e.sentence end,
      error_hint = case when e.was = 'committing' then 'It may have arrived: ask the customer before you send it again.' else e.hint end
    from ended e where d.id = e.id
    returning d.id, d.shop_id, d.order_id, d.kind, d.state, d.attempts, d.error_code, d.error_sentence, d.error_hint),
  cut_short as (
    update delivery_attempt a set ended_at = now(), outcome = 'lost', error_code = s.error_code,
      error_sentence = s.error_sentence, error_hint = s.error_hint
    from settled s where a.delivery_id = s.id and a.ended_at is null),
  told as (
    ${recordEachWithin(deliveryMoved, {
      by: 'state',
      from: 'settled',
      subject: 'coalesce(order_id, id)',
      data: {
        deliveryId: 'id',
        attempt: 'nullif(attempts, 0)',
        code: 'error_code',
        sentence: 'error_sentence',
        hint: 'error_hint',
      },
      nulls: 'left-out',
    })})
  select kind, order_id as subject, case state when 'failed' then 'failed' else 'stopped' end as fate from settled`;

/** The orders' rows before the jobs' and the deliveries', as everywhere. */
export const lockOrdersOfJobs = async (tx: Tx, jobIds: readonly string[]): Promise<void> =>
  void (await tx.rows('lock-orders-of-ended-jobs', LOCK, [jobIds]));

/**
 * A delivery does not outlive its job: what is still under way when its job is lost has failed with it, or was cancelled
 * with it, and its order asks for a person. One that its worker settled is left as it is.
 */
export async function settleDeliveries(tx: Tx, lost: readonly JobEnd[], settlers: MessageSettlers): Promise<void> {
  const settled = await tx.rows<OutcomeOfKind>('settle-deliveries-of-ended-jobs', SETTLE, [
    lost.map(({ id }) => id),
    lost.map(({ state }) => state),
    lost.map(({ failure }) => failure?.code ?? null),
    lost.map(({ failure }) => failure?.sentence ?? null),
    lost.map(({ failure }) => failure?.hint ?? null),
  ]);
  await settleMessages(tx, settlers, settled);
}
