/** What artwork holds about a person: found, stopped, listed, and forgotten. */
import type { Sql, Tx } from '@windlass/db/sql';
import { cancelJob } from '@windlass/queue/control/cancel-jobs';
import { closeLinks } from './close-links.ts';
import type { UploadBytes } from './forget-upload.ts';
import { purgeArtworks } from './purge-artworks.ts';

const FIND = `select id, name, note from artwork where order_id = any($1::text[]) order by id`;
const UPLOADS = `select id, name from artwork_upload where order_id = any($1::text[])`;
export type CustomerArtwork = {
  artworkIds: string[];
  uploadIds: string[];
  /** Names of files and words of theirs. */ texts: string[];
};

/** Every version, also of what was removed; and the names of what was only begun. */
export async function findCustomerArtwork(sql: Sql, orderIds: readonly string[]): Promise<CustomerArtwork> {
  const artworks = await sql.rows<{ id: string; name: string; note: string | null }>('artworks-of-customer', FIND, [
    orderIds,
  ]);
  const uploads = await sql.rows<{ id: string; name: string }>('uploads-of-customer', UPLOADS, [orderIds]);
  return {
    artworkIds: artworks.map(({ id }) => id),
    uploadIds: uploads.map(({ id }) => id),
    texts: [
      ...artworks.flatMap(({ name, note }) => (note ? [name, note] : [name])),
      ...uploads.map(({ name }) => name),
    ],
  };
}

const COLLECT = `select a.id, a.name, a.version, a.state, a.note, a.created_at as "createdAt",
  a.decided_at as "decidedAt", f.kind, f.size_bytes::float8 as "sizeBytes",
    f.width, f.height, encode(f.sha256, 'hex') as sha256, '/artwork/originals/' || a.id as "original"
  from artwork a join artwork_file f on f.id = a.file_id where a.order_id = any($1::text[]) order by a.created_at`;
const LINKS = `select created_at as "createdAt", expires_at as "expiresAt", revoked_at as "revokedAt"
  from artwork_link where order_id = any($1::text[]) order by created_at`;

/**
 * Their artwork, with where a signed-in person fetches each file as it was sent, and their links; the links themselves
 * are not told.
 */
export const collectArtwork = async (
  sql: Sql,
  orderIds: readonly string[],
): Promise<{ files: object[]; links: object[] }> => ({
  files: await sql.rows('collect-artworks', COLLECT, [orderIds]),
  links: await sql.rows('collect-artwork-links', LINKS, [orderIds]),
});

const END_UPLOADS = `update artwork_upload set state = 'abandoned', ended_at = now()
  where order_id = any($1::text[]) and state = 'open'`;
const OPEN_JOBS = `select id from job where subject = any($1::text[]) and name like 'artwork.%'
  and state in ('scheduled', 'queued', 'retrying', 'active')`;
const AT_WORK = `select count(*)::int as count
  from job where subject = any($1::text[]) and name like 'artwork.%' and state = 'active'`;

/** Their link opens nothing any more, nothing is sent by it or by anybody for them, and no pictures are made. */
export async function stopArtwork(tx: Tx, orderIds: readonly string[], artworkIds: readonly string[]): Promise<void> {
  await closeLinks(tx, orderIds);
  await tx.rows('end-uploads-of-orders', END_UPLOADS, [orderIds]);
  for (const { id } of await tx.rows<{ id: string }>('artwork-jobs-of-customer', OPEN_JOBS, [artworkIds]))
    await cancelJob(tx, id);
}

/** How many jobs still have pictures of theirs in their hands. */
export const artworkAtWork = async (sql: Sql, artworkIds: readonly string[]): Promise<number> =>
  (await sql.row<{ count: number }>('artwork-at-work', AT_WORK, [artworkIds]))!.count;

const LEFT = `select id, object_key as "objectKey", multipart_id as "multipartId", state
  from artwork_upload where order_id = any($1::text[])`;
const FORGET = `delete from artwork_upload where id = any($1::text[])`;
const LOCK = `select id from customer_order where id = any($1::text[]) order by id for update`;

/** The uploads whose bytes are to be forgotten before their rows go. */
export const uploadsToForget = (sql: Sql, orderIds: readonly string[]): Promise<UploadBytes[]> =>
  sql.rows('uploads-to-forget', LEFT, [orderIds]);

/** Deletes their artwork, its files, pictures and uploads. `subject`: what the jobs serve that remove the objects. */
export async function eraseArtwork(
  tx: Tx,
  {
    shopId,
    orderIds,
    artworkIds,
    uploadIds,
    subject,
  }: {
    shopId: string;
    orderIds: readonly string[];
    artworkIds: readonly string[];
    uploadIds: readonly string[];
    subject: string;
  },
): Promise<void> {
  await tx.rows('lock-orders-of-artwork', LOCK, [orderIds]);
  await purgeArtworks(tx, { shopId, artworkIds, subject });
  await tx.rows('forget-uploads', FORGET, [uploadIds]);
}
