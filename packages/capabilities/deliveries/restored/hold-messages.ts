import type { Sql, Tx } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';
import { startHeldJobs } from '@windlass/queue/control/start-job-now';
import { messagesHeld, messagesReleased } from '../events.ts';
import { recordWithin } from '@windlass/live/record-within';

/** Tells workers that shops' messages are held, or let go. */
export const HOLD_WAKE = 'deliveries:hold';
/** What a held message's job says; by it they are found when they are let go. */
export const MESSAGES_HELD = 'MESSAGES_HELD';

const HOLD = `with held as (
    insert into message_hold (shop_id) select id from shop
    on conflict (shop_id) do update set since = now(), released_at = null, released_by = null
      where message_hold.released_at is not null
    returning shop_id)
  ${recordWithin(messagesHeld, { from: 'held', subject: 'shop_id' })}`;

/** Every shop's messages wait from now on. */
export async function holdAllShops(tx: Tx): Promise<void> {
  await tx.rows('hold-messages', HOLD);
  tx.wake(HOLD_WAKE);
  tx.wake(LIVE_WAKE);
}

const RELEASE = `with released as (
    update message_hold set released_at = now(), released_by = $2
      where shop_id = $1 and released_at is null returning shop_id),
  told as (
    ${recordWithin(messagesReleased, { from: 'released', subject: 'shop_id', data: { by: '$2::text' } })})
  select shop_id from released`;

/** Lets a shop's messages go. False: they were not held. */
export async function releaseMessages(tx: Tx, shopId: string, by: string): Promise<boolean> {
  if (!(await tx.row('release-messages', RELEASE, [shopId, by]))) return false;
  await startHeldJobs(tx, { shopId, queue: 'mail', code: MESSAGES_HELD });
  tx.wake(HOLD_WAKE);
  tx.wake(LIVE_WAKE);
  return true;
}

/** Undefined: nothing is held. */
export const readHold = (sql: Sql, shopId: string): Promise<{ since: Date; waiting: number } | undefined> =>
  sql.row('read-message-hold', READ, [shopId]);

const READ = `select h.since, (select count(*)::int
  from delivery d where d.shop_id = $1 and d.state in ('withheld', 'queued', 'awaiting_retry')) as waiting
  from message_hold h where h.shop_id = $1 and h.released_at is null`;
