import type { Sql } from '@windlass/db/sql';
import { LIVE_WAKE, type NewEvent } from './event.ts';

const INSERT = `insert into event (shop_id, topic, subject, type, data)
  select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::jsonb[])`;

/**
 * Writes what happened, in the transaction that makes it true. Call it AFTER the change it tells of: the row lock on
 * the subject is what puts the events of one subject into the order of their causes.
 */
export async function recordEvents(sql: Sql, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  await sql.rows('record-events', INSERT, [
    events.map((e) => e.shopId),
    events.map((e) => e.topic),
    events.map((e) => e.subject),
    events.map((e) => e.type),
    events.map((e) => JSON.stringify(e.data ?? {})),
  ]);
  sql.wake(LIVE_WAKE);
}
