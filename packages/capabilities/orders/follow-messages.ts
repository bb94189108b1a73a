import type { Tx } from '@windlass/db/sql';
import type { MessageOutcome } from '../kit/message-settler.ts';

/** A message that comes late changes nothing of an order that waits for a decision again. */
const FOLLOW = `update customer_order o set stage = case w.fate
      when 'moving' then 'moving' when 'delivered' then 'delivered' when 'acknowledged' then 'closed' else 'problem' end::order_stage
  from unnest($1::text[], $2::text[]) as w(id, fate)
  where o.id = w.id and case w.fate
      when 'moving' then o.status = 'approved' and o.stage in ('problem', 'closed')
      when 'delivered' then o.stage in ('moving', 'problem')
      when 'failed' then o.stage in ('moving', 'delivered')
      when 'stopped' then o.stage = 'moving'
      when 'acknowledged' then o.stage = 'problem' end`;

/**
 * The stage of approved orders follows the message that their approval sends: a settler for its owner. Of several
 * outcomes of one order the last counts.
 */
export async function followMessages(tx: Tx, outcomes: readonly MessageOutcome[]): Promise<void> {
  const last = new Map(outcomes.map(({ subject, fate }) => [subject, fate]));
  await tx.rows('follow-messages', FOLLOW, [[...last.keys()], [...last.values()]]);
}
