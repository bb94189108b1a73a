/**
 * What deliveries hold about a person: found, stopped, listed, and forgotten. `address` is in lower case everywhere
 * here.
 */
import type { Sql, Tx } from '@windlass/db/sql';
import { recordEvents } from '@windlass/live/record-events';
import { cancelJobs } from '@windlass/queue/control/cancel-jobs';
import { ERASED_ADDRESS, ERASED_NAME, type ForgottenPerson, scrubOf } from '../kit/scrub.ts';
import { deliveryMoved } from './events.ts';
import { lockOrdersFirst } from './lock-orders-first.ts';

/** Of their orders, and what went to the address before an order's was corrected. */
const FIND = `select id, recipient_name as name, recipient, true as own
  from delivery where shop_id = $1 and order_id = any($2::text[])
  union all select id, recipient_name, recipient, false
    from delivery where shop_id = $1 and lower(recipient) = $3 and (order_id = any($2::text[])) is not true`;
/** `own`: of one of their orders, so that name and recipient are theirs, also where they are earlier ones. */
export type CustomerDelivery = { id: string; name: string; recipient: string; own: boolean };

export const findCustomerDeliveries = (
  sql: Sql,
  { shopId, orderIds, address }: { shopId: string; orderIds: readonly string[]; address: string },
): Promise<CustomerDelivery[]> =>
  sql.rows<CustomerDelivery>('deliveries-of-customer', FIND, [shopId, orderIds, address]);

const COLLECT = `select d.kind, d.channel, d.recipient_name as "recipientName", d.recipient, d.subject, d.state,
  d.created_at as "createdAt", d.accepted_at as "acceptedAt",
    d.error_sentence as "errorSentence", (select json_agg(json_build_object('startedAt', a.started_at, 'endedAt', a.ended_at, 'outcome', a.outcome,
      'conversation', a.conversation) order by a.attempt)
        from delivery_attempt a where a.delivery_id = d.id) as attempts
  from delivery d where d.id = any($1::text[]) order by d.created_at`;

/** Their messages with each conversation. */
export const collectDeliveries = (sql: Sql, deliveryIds: readonly string[]): Promise<object[]> =>
  sql.rows('collect-deliveries', COLLECT, [deliveryIds]);

/**
 * Nothing of these begins to leave any more: what waits is taken back, and what is being talked about with the mail
 * server loses its fence before the commit mark. One beyond the mark cannot be stopped, only waited for
 * (`deliveriesLeaving`).
 */
const STOP = `with stopped as (
    update delivery d set state = 'aborted', lease_token = null, next_attempt_at = null, updated_at = now()
    where d.id = any($1::text[]) and (d.state in ('withheld', 'queued', 'awaiting_retry', 'sending')
      or d.state = 'committing' and not exists (select 1 from job j where j.id = d.job_id and j.state = 'active'))
    returning id, shop_id, order_id, job_id)
  select id, shop_id as "shopId", order_id as "orderId", job_id as "jobId" from stopped`;
const CLOSE = `update delivery set erased_at = coalesce(erased_at, now()),
  state = case when state = 'uncertain' then 'failed' else state end,
    acknowledged_at = case when state in ('failed', 'bounced', 'uncertain') then coalesce(acknowledged_at,
      now()) else acknowledged_at end
  where id = any($1::text[])`;
const LEAVING = `select count(*)::int as count
  from delivery d join job j on j.id = d.job_id where d.id = any($1::text[]) and j.state = 'active'`;
const LOCK = `with ${lockOrdersFirst('$1::text[]')} select count(*) from held`;

export async function stopDeliveries(tx: Tx, deliveryIds: readonly string[]): Promise<void> {
  await tx.rows('lock-deliveries-to-stop', LOCK, [deliveryIds]);
  await tx.rows('close-deliveries', CLOSE, [deliveryIds]);
  const stopped = await tx.rows<{ id: string; shopId: string; orderId: string | null; jobId: string }>(
    'stop-deliveries',
    STOP,
    [deliveryIds],
  );
  await cancelJobs(
    tx,
    stopped.map(({ jobId }) => jobId),
  );
  await recordEvents(
    tx,
    stopped.map(({ id, shopId, orderId }) =>
      deliveryMoved.aborted({
        shopId,
        subject: orderId ?? id,
        data: { deliveryId: id },
      }),
    ),
  );
}

/**
 * How many of them a worker has in its hands this moment: what it writes in the end must be written before it is
 * erased.
 */
export const deliveriesLeaving = async (sql: Sql, deliveryIds: readonly string[]): Promise<number> =>
  (await sql.row<{ count: number }>('deliveries-leaving', LEAVING, [deliveryIds]))!.count;

const ERASE = `update delivery set recipient_name = '${ERASED_NAME}', recipient = '${ERASED_ADDRESS}', subject = $2,
  error_sentence = $3, error_hint = $4, updated_at = now() where id = $1`;
const WORDS = `select id, subject, error_sentence as sentence, error_hint as hint
  from delivery where id = any($1::text[])`;
const ATTEMPTS = `select delivery_id as id, attempt, error_sentence as sentence, error_hint as hint, conversation,
  phases from delivery_attempt where delivery_id = any($1::text[])`;
const KEEP_ATTEMPT = `update delivery_attempt set error_sentence = $3, error_hint = $4, conversation = $5, phases = $6
  where delivery_id = $1 and attempt = $2`;
type Words = { id: string; sentence: string | null; hint: string | null };

/** Forgets to whom these went; kinds, states, times and the servers' codes stay. */
export async function eraseDeliveries(tx: Tx, person: ForgottenPerson, deliveryIds: readonly string[]): Promise<void> {
  const { text, json } = scrubOf(person.texts);
  const stored = (value: unknown) => (value === null ? null : JSON.stringify(json(value)));
  for (const { id, subject, sentence, hint } of await tx.rows<Words & { subject: string }>(
    'words-of-deliveries',
    WORDS,
    [deliveryIds],
  )) {
    await tx.rows('erase-delivery', ERASE, [id, text(subject), text(sentence), text(hint)]);
  }
  for (const one of await tx.rows<Words & { attempt: number; conversation: unknown; phases: unknown }>(
    'words-of-delivery-attempts',
    ATTEMPTS,
    [deliveryIds],
  )) {
    await tx.rows('erase-delivery-attempt', KEEP_ATTEMPT, [
      one.id,
      one.attempt,
      text(one.sentence),
      text(one.hint),
      stored(one.conversation),
      stored(one.phases),
    ]);
  }
}
