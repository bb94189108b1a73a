import type { Sql } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';
import { storableJson } from '@windlass/queue/statements/storable-json';
import { ORDER_MESSAGE } from '../contract.ts';
import { LOCK_ORDER_FIRST } from './lock-order-first.ts';

export type AttemptOutcome = {
  deliveryId: string;
  fence: string;
  state: 'accepted' | 'awaiting_retry' | 'failed' | 'aborted' | 'uncertain';
  /** For `awaiting_retry`: ms until the next attempt. */
  nextInMs?: number;
  /** For a late one whose tries have an end: ms until that. */
  givesUpInMs?: number | undefined;
  smtpCode?: number;
  error?: { code: string; sentence: string; hint: string };
  conversation: unknown;
  phases: unknown;
  sendMs: number;
};

/**
 * An earlier message of the same kind that failed waits for nobody once this one is accepted. `totalMs` runs from the
 * click, or from the end of the undo window where there was one.
 */
const RECORD = `with ${LOCK_ORDER_FIRST},
  ended as (
    update delivery set state = $3::delivery_state, updated_at = now(), lease_token = null,
      accepted_at = case when $3 = 'accepted' then clock_timestamp() end,
      next_attempt_at = case when $3 = 'awaiting_retry' then now() + make_interval(secs => $4::float8 / 1000) end,
      gives_up_at = now() + make_interval(secs => $12::float8 / 1000),
      error_code = $6, error_sentence = $7, error_hint = $8
    where id = $1 and lease_token = $2 and state in ('sending', 'committing') and (select count(*) from locked) >= 0
    returning id, shop_id, order_id, kind, attempts, state, next_attempt_at,
      extract(epoch from clock_timestamp() - greatest(created_at, held_until))::float8 * 1000 as total_ms),
  kept as (
    update delivery_attempt a set ended_at = clock_timestamp(), outcome = $3, smtp_code = $5, error_code = $6, error_sentence = $7,
      error_hint = $8, conversation = $9, phases = $10
    from ended where a.delivery_id = ended.id and a.attempt = ended.attempts),
  superseded as (
    update delivery d set acknowledged_at = now() from ended
    where ended.state = 'accepted' and d.order_id = ended.order_id and d.kind = ended.kind and d.id <> ended.id
      and d.state in ('failed', 'bounced') and d.acknowledged_at is null
    returning d.job_id),
  settled as (
    update job j set acknowledged_at = now() from superseded where j.id = superseded.job_id and j.state = 'failed'),
  staged as (
    update customer_order o set stage = case when ended.state = 'accepted' then 'delivered' else 'problem' end::order_stage
    from ended where o.id = ended.order_id and ended.kind = '${ORDER_MESSAGE}' and ended.state <> 'awaiting_retry' and o.stage in ('moving', 'problem', 'delivered')),
  told as (
    insert into event (shop_id, topic, subject, type, data)
    select shop_id, 'deliveries', coalesce(order_id, id), 'delivery.' || state, jsonb_strip_nulls(jsonb_build_object('deliveryId', id, 'attempt', attempts,
      'code', $6::text, 'sentence', $7::text, 'hint', $8::text, 'sendMs', $11::float8, 'totalMs', total_ms, 'nextAttemptAt', next_attempt_at)) from ended)
  select total_ms as "totalMs" from ended`;

/** Writes how an attempt ended, fenced. False: the fence fell, and somebody else's word counts. */
export async function recordOutcome(sql: Sql, outcome: AttemptOutcome): Promise<boolean> {
  const row = await sql.row('record-delivery-outcome', RECORD, [
    outcome.deliveryId,
    outcome.fence,
    outcome.state,
    outcome.nextInMs ?? 0,
    outcome.smtpCode ?? null,
    outcome.error?.code ?? null,
    outcome.error?.sentence ?? null,
    outcome.error?.hint ?? null,
    storableJson(outcome.conversation ?? []),
    storableJson(outcome.phases ?? {}),
    outcome.sendMs,
    outcome.givesUpInMs ?? null,
  ]);
  sql.wake(LIVE_WAKE);
  return row !== undefined;
}
