import type { Tx } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';
import { recordEachWithin } from '@windlass/live/record-within';
import { acknowledgeReplaced } from '@windlass/queue/control/acknowledge-jobs';
import { storableJson } from '@windlass/queue/statements/storable-json';
import { type MessageSettlers, settleMessages } from '../../kit/message-settler.ts';
import type { DeliveryState } from '../contract.ts';
import { deliveryMoved } from '../events.ts';
import { lockOrdersFirst } from '../lock-orders-first.ts';
import { fateOf } from '../rules.ts';

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
const RECORD = `with ${lockOrdersFirst('$1::text[]')},
  ended as (
    update delivery d set state = o.state::delivery_state, updated_at = now(), lease_token = null,
      accepted_at = case when o.state = 'accepted' then clock_timestamp() end,
      next_attempt_at = case when o.state = 'awaiting_retry' then now() + make_interval(secs => o.next_ms / 1000) end,
      gives_up_at = now() + make_interval(secs => o.gives_up_ms / 1000),
      error_code = o.code, error_sentence = o.sentence, error_hint = o.hint
    from held join unnest($1::text[], $2::text[], $3::text[], $4::float8[], $5::float8[], $6::int[], $7::text[],
      $8::text[], $9::text[], $10::jsonb[], $11::jsonb[], $12::float8[])
      as o(id, fence, state, next_ms, gives_up_ms, smtp_code, code, sentence, hint, conversation, phases, send_ms) on o.id = held.id
    where d.id = held.id and d.lease_token = o.fence and d.state in ('sending', 'committing')
    returning d.id, d.shop_id, d.order_id, d.kind, d.attempts, d.state, d.next_attempt_at, o.smtp_code, o.code,
      o.sentence, o.hint, o.conversation, o.phases, o.send_ms,
      extract(epoch from clock_timestamp() - greatest(d.created_at, d.held_until))::float8 * 1000 as total_ms),
  kept as (
    update delivery_attempt a set ended_at = clock_timestamp(), outcome = e.state::text, smtp_code = e.smtp_code,
      error_code = e.code, error_sentence = e.sentence,
      error_hint = e.hint, conversation = e.conversation, phases = e.phases
    from ended e where a.delivery_id = e.id and a.attempt = e.attempts),
  replaced as (
    update delivery d set acknowledged_at = now() from ended e
    where e.state = 'accepted' and d.order_id = e.order_id and d.kind = e.kind and d.id <> e.id
      and d.state in ('failed', 'bounced') and d.acknowledged_at is null
    returning d.job_id),
  told as (
    ${recordEachWithin(deliveryMoved, {
      by: 'state',
      from: 'ended',
      subject: 'coalesce(order_id, id)',
      data: {
        deliveryId: 'id',
        attempt: 'attempts',
        code: 'code',
        sentence: 'sentence',
        hint: 'hint',
        sendMs: 'send_ms',
        totalMs: 'total_ms',
        nextAttemptAt: 'next_attempt_at',
      },
      nulls: 'left-out',
    })})
  select id, kind, order_id as subject, state, array(select job_id from replaced) as replaced from ended`;

type Ended = { id: string; kind: string; subject: string | null; state: DeliveryState; replaced: string[] };

/**
 * Writes how attempts ended, fenced, and settles what they served. False: the fence fell, and another's word counts.
 */
export async function recordOutcomes(
  tx: Tx,
  outcomes: readonly AttemptOutcome[],
  settlers: MessageSettlers,
): Promise<boolean[]> {
  const ended = await tx.rows<Ended>('record-delivery-outcomes', RECORD, [
    outcomes.map(({ deliveryId }) => deliveryId),
    outcomes.map(({ fence }) => fence),
    outcomes.map(({ state }) => state),
    outcomes.map(({ nextInMs }) => nextInMs ?? 0),
    outcomes.map(({ givesUpInMs }) => givesUpInMs ?? null),
    outcomes.map(({ smtpCode }) => smtpCode ?? null),
    outcomes.map(({ error }) => error?.code ?? null),
    outcomes.map(({ error }) => error?.sentence ?? null),
    outcomes.map(({ error }) => error?.hint ?? null),
    outcomes.map(({ conversation }) => storableJson(conversation ?? [])),
    outcomes.map(({ phases }) => storableJson(phases ?? {})),
    outcomes.map(({ sendMs }) => sendMs),
  ]);
  await settleMessages(
    tx,
    settlers,
    ended.flatMap(({ kind, subject, state }) => {
      const fate = fateOf(state);
      return fate ? [{ kind, subject, fate }] : [];
    }),
  );
  await acknowledgeReplaced(tx, ended[0]?.replaced ?? []);
  tx.wake(LIVE_WAKE);
  const ids = new Set(ended.map(({ id }) => id));
  return outcomes.map(({ deliveryId }) => ids.has(deliveryId));
}
