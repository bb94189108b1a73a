import type { Database } from '@windlass/db/open-database';
import { newId } from '@windlass/db/ids';
import type { Sql } from '@windlass/db/sql';
import { LIVE_WAKE } from '@windlass/live/event';
import { downloaded } from '../events.ts';
import { recordWithin } from '@windlass/live/record-within';

/**
 * A program that fetches a file anew, and not for the first time, is still at the same download so long after it had
 * all of it.
 */
const AGAIN_MINUTES = 15;

/** One answer with bytes of a file. */
export type Begin = {
  linkId: string;
  /** Whoever fetches it: a keyed hash of the address. */
  client: string;
  /** It asks for a later part: whoever does has the beginning from somewhere. */
  continues: boolean;
  /** Where it starts, and how many bytes it is to have. */
  start: number;
  length: number;
  /** Of the whole file, in bytes. */
  size: number;
};

const LOCK = `select id from download_link where id = $1 and revoked_at is null and expires_at > now() for update`;

/**
 * A download may take many answers: whoever began it goes on or begins anew, from wherever and whenever; what has not
 * been delivered whole may be continued by anybody, since an address changes on the way. Only a new one needs room in
 * the count, and the answer with which it may be whole takes it. Bytes are counted when they are promised, and those
 * that did not go out are taken off again. Whoever continues has what stands before.
 */
const BEGIN = `with link as (select id, downloads < max_downloads as room from download_link where id = $1),
  known as (
    select d.id, d.counted, case when $4::boolean then greatest(d.bytes,
      $5::bigint) else d.bytes end + $6::bigint as bytes from download d where d.link_id = $1
      and (d.completed_at is null and (d.client = $3 or $4::boolean)
        or d.client = $3 and ($4::boolean or d.completed_at > now() - make_interval(mins => ${AGAIN_MINUTES})))
    order by (d.client = $3) desc nulls last, d.started_at desc limit 1),
  promised as (select coalesce((select bytes from known), $6::bigint) >= $7::bigint as whole),
  reserved as (
    update download_link k set downloads = downloads + 1 from link, promised
    where k.id = link.id and link.room and promised.whole and not coalesce((select counted from known), false)
      returning k.id),
  begun as (
    insert into download (id, link_id, client, bytes, counted)
    select $2, $1, $3, $6::bigint, exists (select from reserved)
      from link where link.room and not exists (select from known) returning id),
  joined as (
    update download d set bytes = known.bytes, ended_at = null, counted = known.counted or exists (select from reserved)
    from known where d.id = known.id returning d.id)
  select id from begun union all select id from joined`;

/**
 * Counts a download, or finds the one it belongs to; answers its id. Undefined: there was none left. Two who ask at
 * once for the last one cannot both have it.
 */
export async function beginDownload(
  database: Database,
  { linkId, client, continues, start, length, size }: Begin,
): Promise<string | undefined> {
  return database.transaction(async (tx) => {
    if (!(await tx.row('lock-link', LOCK, [linkId]))) return undefined;
    // A statement of its own: it sees what whoever held the lock has written.
    return (
      await tx.row<{ id: string }>('begin-download', BEGIN, [
        linkId,
        newId('dl'),
        client,
        continues,
        start,
        length,
        size,
      ])
    )?.id;
  });
}

/**
 * With the whole file delivered it counts, and is told once: as many bytes as the file has, and an answer that was
 * taken to its end. With less it does not: what was taken from the count goes back. The link is locked before its
 * download, as in beginning.
 */
const END = `with link as materialized (select k.id
  from download_link k join download d on d.link_id = k.id where d.id = $1 for update of k),
  was as (
    select id, link_id, counted, completed_at, bytes - $2::bigint as bytes from download
    where id = $1 and (select count(*) from link) >= 0 for update),
  now_is as (
    select *, completed_at is not null or $4::boolean and bytes >= $3::bigint as complete from was),
  ended as (
    update download d set bytes = n.bytes, ended_at = now(), counted = n.complete,
      completed_at = case when n.complete then coalesce(n.completed_at, now()) end
    from now_is n where d.id = n.id
    returning d.id, d.link_id, n.complete::int - n.counted::int as more,
      n.complete and n.completed_at is null as first),
  kept as (
    update download_link k set downloads = least(k.max_downloads, greatest(0, k.downloads + ended.more))
      from ended where k.id = ended.link_id
    returning k.id, k.shop_id, k.order_id, k.bundle_id, k.downloads, k.max_downloads),
  under_way as (
    select count(*) from download d, ended where d.link_id = ended.link_id and d.id <> ended.id and d.counted
      and d.completed_at is null and d.ended_at is null),
  told as (
    ${recordWithin(downloaded, {
      from: 'ended join kept k on k.id = ended.link_id join bundle b on b.id = k.bundle_id cross join under_way where ended.first',
      shop: 'k.shop_id',
      subject: 'k.order_id',
      data: {
        linkId: 'k.id',
        downloadId: 'ended.id',
        bundle: 'b.name',
        count: 'greatest(1, k.downloads - under_way.count)',
        of: 'k.max_downloads',
      },
    })})
  select id from ended`;

export type End = {
  /** The client took this answer to its end. */
  fetched: boolean;
  /** Bytes of it that did not go out. */
  undelivered: number;
  /** Of the whole file, in bytes. */
  size: number;
};

/** One answer of a download is over. */
export async function endDownload(sql: Sql, downloadId: string, { fetched, undelivered, size }: End): Promise<void> {
  await sql.rows('end-download', END, [downloadId, undelivered, size, fetched]);
  sql.wake(LIVE_WAKE);
}
