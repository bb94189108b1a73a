import type { Sql } from '@windlass/db/sql';

/** So many events are looked through at a time: a second's work. */
const AT_ONCE = 50_000;

const LAST = `select coalesce(max(seq), 0)::text as last, coalesce(min(seq), 1)::text as first from event`;
const OF_SUBJECTS = `select seq::text as seq, data from event where subject = any($1::text[])`;
const MENTIONING = `select seq::text as seq, data
  from event where seq >= $1::bigint and seq < $1::bigint + ${AT_ONCE} and shop_id = $2 and data::text ilike $3`;
const REWRITE = `update event e set data = x.data
  from unnest($1::bigint[], $2::jsonb[]) as x(seq, data) where e.seq = x.seq`;

export type EventsToRewrite = {
  shopId: string;
  /** All events of these: their own. */
  subjects: readonly string[];
  /** And all others of the shop whose data is `like` this. */
  mentioning: string;
  rewrite: (data: unknown, own: boolean) => unknown;
};

/**
 * Changes what the record says of a matter, and nothing else of it: order, subjects, types and times stay. Repeating it
 * is harmless.
 */
export async function rewriteEvents(
  sql: Sql,
  { shopId, subjects, mentioning, rewrite }: EventsToRewrite,
): Promise<void> {
  await write(sql, await sql.rows<Kept>('events-of-subjects', OF_SUBJECTS, [subjects]), (data) => rewrite(data, true));
  const { first, last } = (await sql.row<{ first: string; last: string }>('event-range', LAST))!;
  for (let from = BigInt(first); from <= BigInt(last); from += BigInt(AT_ONCE)) {
    await write(
      sql,
      await sql.rows<Kept>('events-mentioning', MENTIONING, [String(from), shopId, mentioning]),
      (data) => rewrite(data, false),
    );
  }
}

type Kept = { seq: string; data: unknown };

async function write(sql: Sql, events: readonly Kept[], rewrite: (data: unknown) => unknown): Promise<void> {
  const changed = events
    .map(({ seq, data }) => ({ seq, before: JSON.stringify(data), after: JSON.stringify(rewrite(data)) }))
    .filter(({ before, after }) => before !== after);
  if (changed.length > 0)
    await sql.rows('rewrite-events', REWRITE, [changed.map(({ seq }) => seq), changed.map(({ after }) => after)]);
}
