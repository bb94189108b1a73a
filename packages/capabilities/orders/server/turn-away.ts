import type { Sql } from '@windlass/db/sql';
import type { TurnedAwayReason } from '../intake-contract.ts';

/** Anybody may cause it: written once a second at most, so that a flood of them is read and no more. */
const TURN_AWAY = `update order_source set last_turned_away_at = now(), last_turned_away_why = $2
  where id = $1 and (last_turned_away_at is null or last_turned_away_at < now() - interval '1 second')`;
const TOO_LARGE = `update order_source set too_large = too_large + 1, last_turned_away_at = now(),
  last_turned_away_why = 'too-large'
  where id = $1 and removed_at is null`;
const CALLED = `update order_source set last_received_at = now()
  where id = $1 and (last_received_at is null or last_received_at < now() - interval '1 second')`;

/** Keeps with a source that a message for it was refused unread, for who wonders why no order comes. */
export async function turnAway(sql: Sql, sourceId: string, why: Exclude<TurnedAwayReason, 'too-large'>): Promise<void> {
  await sql.rows('turn-message-away', TURN_AWAY, [sourceId, why]);
}

/**
 * Counts a message beyond the largest. Its sender is whoever knows the address: it was not read to its end, nor its
 * signature tried.
 */
export async function countTooLarge(sql: Sql, path: string): Promise<void> {
  const [, , , sourceId = ''] = path.split('/');
  if (/^src_[0-9a-z]{26}$/.test(sourceId)) await sql.rows('count-too-large', TOO_LARGE, [sourceId]);
}

/** A shop system was there without an order: it asked whether anybody listens. */
export async function noteCall(sql: Sql, sourceId: string): Promise<void> {
  await sql.rows('note-source-call', CALLED, [sourceId]);
}
