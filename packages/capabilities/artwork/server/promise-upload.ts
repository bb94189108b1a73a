import type { Tx } from '@windlass/db/sql';
import { formatBytes } from '../../kit/format.ts';
import { Refusal } from '../../kit/refusal.ts';
import type { UploadLimits } from '../upload-limits.ts';
import { linkEnded } from './find-customer-link.ts';
import type { OpenUpload, UploadScope } from './upload-scope.ts';

/** Starts of one shop come one after the other: of two at once, the second counts what the first has promised. */
const LOCK = `select pg_advisory_xact_lock(hashtextextended('artwork upload limits:' || $1, 0))`;

/** Held against whoever closes the link just now: then this upload ends with it, or is not begun. */
const HOLD_LINK = `select 1 as yes from artwork_link where id = $1 and revoked_at is null for share`;

/** The last 24 hours of a link. What was refused or given up has given its bytes back; a start stays a start. */
const OF_LINK = `with mine as (
    select id, size_bytes, created_at, state in ('open', 'finished') as counts
      from artwork_upload where link_id = $1 and created_at > now() - interval '1 day'),
  newer as (
    select created_at, sum(size_bytes) over (order by created_at desc, id desc) as bytes from mine where counts),
  free as (
    select (select created_at from mine order by created_at desc, id desc offset $4::int - 1 limit 1) as start,
      (select max(created_at) from newer where bytes > $3::float8 - $2::float8) as bytes)
  select (select count(*)::int from mine) as starts, coalesce((select max(bytes) from newer), 0)::float8 as bytes,
    extract(epoch from free.start + interval '1 day' - now())::float8 as "startIn", extract(epoch from free.bytes + interval '1 day' - now())::float8 as "bytesIn"
  from free`;
type OfLink = { starts: number; bytes: number; startIn: number | null; bytesIn: number | null };

const OF_SHOP = `select (select coalesce(sum(size_bytes), 0)::float8 from artwork_file where shop_id = $1) as stored,
  (select coalesce(sum(size_bytes), 0)::float8 from artwork_upload where shop_id = $1 and state = 'open') as promised`;

const INSERT = `insert into artwork_upload (id, shop_id, order_id, order_line_id, replaces_id, name, size_bytes,
  object_key, started_by, link_id)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;

/**
 * Writes an upload's row, with which its bytes are promised before the first of them is sent; refuses where a link's
 * day or the shop is full, and says when there is room again. The caller's transaction holds the shop's other starts
 * until it ends.
 */
export async function promiseUpload(tx: Tx, scope: UploadScope, upload: OpenUpload): Promise<void> {
  const limits = scope.services.settings.uploadLimits;
  await tx.rows('lock-upload-limits', LOCK, [scope.shopId]);
  if (scope.linkId !== null) await refuseFullLink(tx, { linkId: scope.linkId, sizeBytes: upload.sizeBytes, limits });
  const { stored, promised } = (await tx.row<{ stored: number; promised: number }>('artwork-bytes-of-shop', OF_SHOP, [
    scope.shopId,
  ]))!;
  if (stored + promised + upload.sizeBytes > limits.shopBytes)
    throw shopFull(scope, { stored, promised, most: limits.shopBytes });
  await tx.rows('insert-artwork-upload', INSERT, [
    upload.id,
    upload.shopId,
    upload.orderId,
    upload.orderLineId,
    upload.replacesId,
    upload.name,
    upload.sizeBytes,
    upload.objectKey,
    scope.personId,
    scope.linkId,
  ]);
}

async function refuseFullLink(
  tx: Tx,
  { linkId, sizeBytes, limits }: { linkId: string; sizeBytes: number; limits: UploadLimits },
): Promise<void> {
  if (!(await tx.row('hold-artwork-link', HOLD_LINK, [linkId]))) throw linkEnded();
  const link = (await tx.row<OfLink>('uploads-of-link', OF_LINK, [
    linkId,
    sizeBytes,
    limits.linkBytes,
    limits.linkStarts,
  ]))!;
  if (link.starts >= limits.linkStarts) {
    throw tooMany(
      'TOO_MANY_STARTS',
      link.startIn,
      `${limits.linkStarts.toLocaleString('en')} files a day can be begun by this link. Send several as one ZIP, or go on`,
    );
  }
  if (link.bytes + sizeBytes <= limits.linkBytes) return;
  if (sizeBytes > limits.linkBytes) {
    throw new Refusal('too-large', 'LINK_FULL', {
      message: `A link takes ${formatBytes(limits.linkBytes)} a day, and this file alone is larger. Save it smaller, or ask the shop.`,
    });
  }
  const left = formatBytes(Math.max(0, limits.linkBytes - link.bytes));
  throw tooMany(
    'LINK_FULL',
    link.bytesIn,
    `${formatBytes(limits.linkBytes)} a day can be sent by this link, and ${left} of it are left. Give up files that are on their way, send a smaller one, or go on`,
  );
}

/** `seconds` until there is room again. */
function tooMany(word: string, seconds: number | null, sentence: string): Refusal {
  const wait = Math.max(1, Math.ceil(seconds ?? 0));
  return new Refusal('too-many', word, { message: `${sentence} ${inWords(wait)}.`, retryAfterSeconds: wait });
}

const inWords = (seconds: number): string =>
  seconds < 3600 ? `in ${Math.ceil(seconds / 60)} min` : `in ${Math.ceil(seconds / 3600)} h`;

function shopFull(
  { personId }: UploadScope,
  { stored, promised, most }: { stored: number; promised: number; most: number },
): Refusal {
  if (personId === null) {
    return new Refusal('conflict', 'SHOP_FULL', {
      message:
        'The shop has no room for this file at the moment. Keep it, and tell the shop: it makes room by removing old artwork.',
    });
  }
  const onTheirWay =
    promised > 0
      ? ` ${formatBytes(promised)} of it are promised to uploads on their way, and are free again when those are given up, after three days by themselves.`
      : '';
  return new Refusal('conflict', 'SHOP_FULL', {
    message: `The shop’s ${formatBytes(most)} for artwork do not hold this file: ${formatBytes(stored + promised)} are taken.${onTheirWay} Remove artwork that is not needed any more, which frees its room within a minute, or have UPLOAD_SHOP_GB raised where Windlass is set up.`,
  });
}
