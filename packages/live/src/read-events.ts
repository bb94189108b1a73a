import type { Sql } from '@windlass/db/sql';
import type { LiveEvent } from './event.ts';

export type RecordedEvent = LiveEvent & { shopId: string | null };
type Row = {
  seq: string;
  shop_id: string | null;
  topic: string;
  subject: string;
  type: string;
  data: Record<string, unknown>;
  at: string;
};

/** What an outer join answers where there is none. */
type None = { [Name in keyof Row]: null };

/** `at` with the database's microseconds, as ISO 8601 in UTC. */
const COLUMNS = `seq, shop_id, topic, subject, type, data, to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at`;

/** New since snapshot $1 = its transaction was not finished then: it started later, or was among the running ones. */
const NEW_SINCE = `select ${COLUMNS} from event where xid >= pg_snapshot_xmax($1::pg_snapshot)
  union all select ${COLUMNS} from event where xid = any (array(select pg_snapshot_xip($1::pg_snapshot)))`;

/** What time it is there, and since when that server runs: both by its own clock, in ms since the epoch. */
const CLOCK = `extract(epoch from clock_timestamp())::float8 * 1000 as now, extract(epoch from pg_postmaster_start_time())::float8 * 1000 as "runsSince"`;

const FOLLOW = `select pg_current_snapshot()::text as snapshot, ${CLOCK}, e.*
  from (select 1) one left join lateral (${NEW_SINCE} order by seq) e on true`;

/** Where the record stands, on a server that runs since then. */
export type Present = { snapshot: string; now: number; runsSince: number };

/**
 * Everything that became visible since `snapshot`, in order, and the snapshot to ask with next time. 0.4 ms when idle.
 */
export async function readNewEvents(sql: Sql, snapshot: string): Promise<Present & { events: RecordedEvent[] }> {
  const rows = await sql.rows<(Row | None) & Present>('read-new-events', FOLLOW, [snapshot]);
  const { snapshot: reached, now, runsSince } = rows[0]!;
  return { snapshot: reached, now, runsSince, events: rows.filter((row) => row.seq !== null).map(toEvent) };
}

const REPLAY = `select * from (${NEW_SINCE.replaceAll('from event where', 'from event where pg_visible_in_snapshot(xid, $2::pg_snapshot) and seq > $3 and')}) e
  order by seq limit $4`;

/** A page of what became visible between two snapshots, after `seq`. */
export async function replayEvents(
  sql: Sql,
  span: { from: string; to: string; afterSeq: number },
  limit: number,
): Promise<RecordedEvent[]> {
  const rows = await sql.rows<Row>('replay-events', REPLAY, [span.from, span.to, span.afterSeq, limit]);
  return rows.map(toEvent);
}

/** The present snapshot: where a reader begins that wants only what comes. */
export async function readPresent(sql: Sql): Promise<Present> {
  return (await sql.row<Present>('read-present', `select pg_current_snapshot()::text as snapshot, ${CLOCK}`))!;
}

const toEvent = (row: Row): RecordedEvent => ({
  seq: Number(row.seq),
  shopId: row.shop_id,
  topic: row.topic,
  subject: row.subject,
  type: row.type,
  data: row.data,
  at: row.at,
});
