import type { Sql } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';
import { BREAKER_WAKE, type QueueName, queueWake } from '../jobs/queues.ts';
import { recordWithin } from '@windlass/live/record-within';
import { breakerClosed, breakerOpened } from '../jobs/events.ts';

type BreakerRow = {
  key: string;
  title: string;
  queue: QueueName;
  /** False: only those that say they wait for it. */
  holdsQueue: boolean;
  waitMs: number;
  mostWaitMs: number;
};

const READ = `select greatest(0, extract(epoch from retry_at - now()))::float8 * 1000 as "waitMs",
  last_sentence as sentence from breaker where key = $1 and open`;

/** Undefined: closed. */
export const readBreaker = (sql: Sql, key: string): Promise<{ waitMs: number; sentence: string | null } | undefined> =>
  sql.row('read-breaker', READ, [key]);

/** The one that is let through is waited for this long; if it never says a word, another may try. */
const PROBE = `update breaker set probe_until = now() + interval '30 seconds'
  where key = $1 and open and retry_at <= now() and (probe_until is null or probe_until < now()) returning key`;

export const takeProbe = async (sql: Sql, key: string): Promise<boolean> =>
  (await sql.row('take-breaker-probe', PROBE, [key])) !== undefined;

export const releaseProbe = (sql: Sql, key: string): Promise<unknown> =>
  sql.rows('release-breaker-probe', `update breaker set probe_until = null where key = $1 and open`, [key]);

/** It is the house's trouble, and every shop's people see it. */
const TELL = (event: typeof breakerOpened, breaker: string, where = '') =>
  recordWithin(event, {
    from: `${breaker}, shop s ${where}`,
    shop: 's.id',
    subject: `${breaker}.key`,
    data: { title: `${breaker}.title`, sentence: `${breaker}.last_sentence` },
  });

const OPEN = `with was as (select open from breaker where key = $1 for update),
  opened as (
    insert into breaker as b (key, title, queue, holds_queue, open, opened_at, retry_at, last_code, last_sentence)
    values ($1, $2, $8, $9, true, now(), now() + make_interval(secs => $3::float8 / 1000), $5, $6)
    on conflict (key) do update set title = excluded.title, open = true, probe_until = null, last_code = excluded.last_code, last_sentence = excluded.last_sentence,
      opened_at = case when b.open then b.opened_at else now() end,
      probes = case when b.open then b.probes + $7::boolean::int else 0 end,
      retry_at = case when b.open and not $7::boolean then b.retry_at
        else now() + make_interval(secs => least($4::float8, $3::float8 * case when b.open then 2 ^ (b.probes + 1) else 1 end) / 1000) end,
      updated_at = now()
    returning b.key, b.title, b.last_sentence, b.retry_at),
  told as (${TELL(breakerOpened, 'opened', 'where not coalesce((select open from was), false)')})
  select greatest(0, extract(epoch from retry_at - now()))::float8 * 1000 as "waitMs" from opened`;

/**
 * Answers how long it is left alone now, in ms. A failed probe lengthens that; a second worker that finds it open
 * already does not.
 */
export async function openBreakerRow(
  sql: Sql,
  { key, title, queue, holdsQueue, waitMs, mostWaitMs }: BreakerRow,
  why: { code: string; sentence: string; probe: boolean },
): Promise<number> {
  const row = await sql.row<{ waitMs: number }>('open-breaker', OPEN, [
    key,
    title,
    waitMs,
    mostWaitMs,
    why.code,
    why.sentence,
    why.probe,
    queue,
    holdsQueue,
  ]);
  sql.wake(BREAKER_WAKE);
  sql.wake(LIVE_WAKE);
  return row!.waitMs;
}

/**
 * Those it held, and those that waited because they had met the same themselves. What says of no breaker that it waits
 * for it belongs to the one that holds the whole queue.
 */
const RELEASED = (from: string) => `update job set run_after = now() from ${from}
    where queue = $2 and state = 'retrying' and dispatched_at is null
      and (held_by = ${from}.key or held_by is null and ${from}.holds_queue)
      and error_code in ('BREAKER_OPEN', ${from}.last_code) returning 1`;

const CLOSE = `with closed as (
    update breaker set open = false, probe_until = null, probes = 0, updated_at = now()
      where key = $1 and open returning key, title, holds_queue, last_code, last_sentence),
  released as (${RELEASED('closed')}),
  told as (${TELL(breakerClosed, 'closed')})
  select count(*)::int as released from released`;

/** Closes it, and lets the jobs it held go at once. */
export async function closeBreaker(sql: Sql, { key, queue }: BreakerRow): Promise<void> {
  await sql.rows('close-breaker', CLOSE, [key, queue]);
  sql.wake(BREAKER_WAKE);
  sql.wake(queueWake(queue));
  sql.wake(LIVE_WAKE);
}

/**
 * A whole queue has one dependency: what is known of another such is of former settings. Of the present one nothing is
 * known for sure after a start.
 */
const RETIRE = `with gone as (
    delete from breaker where queue = $2 and key <> $1 and holds_queue
      returning key, title, holds_queue, open, last_code, last_sentence),
  shut as (select * from gone where open),
  asked as (update breaker set retry_at = now(), probe_until = null where key = $1 and open returning 1),
  released as (${RELEASED('shut')}),
  told as (${TELL(breakerClosed, 'shut')})
  select (select count(*)::int from gone) + (select count(*)::int from asked)
    + (select count(*)::int from released) as changed`;

/**
 * Forgets the breakers of former settings of a queue, and lets the jobs they held go; one that is still meant is looked
 * at anew at once.
 */
export async function retireBreakers(sql: Sql, { key, queue }: BreakerRow): Promise<void> {
  const { changed } = (await sql.row<{ changed: number }>('retire-breakers', RETIRE, [key, queue]))!;
  if (changed === 0) return;
  sql.wake(BREAKER_WAKE);
  sql.wake(queueWake(queue));
  sql.wake(LIVE_WAKE);
}
