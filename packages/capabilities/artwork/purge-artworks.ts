import type { Tx } from '@windlass/db/sql';
import { recordEvents } from '@windlass/live/record-events';
import { enqueueMany } from '@windlass/queue/jobs/enqueue';
import { jobs } from './contract.ts';
import { pictureKey } from './picture-key.ts';
import { artworksDeleted } from './events.ts';

/** As settleContent locks a content: nobody makes an artwork of a file that goes in this moment. */
const LOCK_CONTENT = `select pg_advisory_xact_lock(hashtextextended('artwork content:' || x.shop_id || ':' || encode(x.sha256, 'hex'), 0))
  from (select distinct f.shop_id, f.sha256 from artwork_file f
    join artwork a on a.file_id = f.id where a.id = any($1::text[]) and f.sha256 is not null
    order by f.shop_id, f.sha256) x`;
const DELETE = `delete from artwork where id = any($1::text[]) returning id, file_id as "fileId", proof`;
const LONELY = `select f.id, f.object_key as "objectKey", f.rendition,
    coalesce((select json_agg(json_build_object('name', r.name, 'format', r.format)) from artwork_rendition r where r.file_id = f.id), '[]') as pictures
  from artwork_file f where f.id = any($1::text[]) and not exists (select 1 from artwork a where a.file_id = f.id)
    for update`;
const DELETE_FILES = `delete from artwork_file where id = any($1::text[])`;

type Gone = { id: string; fileId: string; proof: string | null };
type Lonely = { id: string; objectKey: string; rendition: string | null; pictures: { name: string; format: string }[] };
export type Purge = {
  shopId: string;
  artworkIds: readonly string[];
  /** What the jobs serve that remove the objects. */ subject: string;
};

/**
 * Deletes artworks for good, and with the last artwork of a content its file: the original as it was sent and every
 * picture made of it. Their objects are removed by jobs, unless another artwork shows the same. The caller holds the
 * orders' rows.
 */
export async function purgeArtworks(tx: Tx, { shopId, artworkIds, subject }: Purge): Promise<void> {
  await tx.rows('lock-content-of-artworks', LOCK_CONTENT, [artworkIds]);
  const gone = await tx.rows<Gone>('delete-artworks', DELETE, [artworkIds]);
  const files = await tx.rows<Lonely>('files-without-artwork', LONELY, [gone.map(({ fileId }) => fileId)]);
  await tx.rows('delete-artwork-files', DELETE_FILES, [files.map(({ id }) => id)]);
  const pictures = [
    ...files.flatMap(({ rendition, pictures: made }) =>
      rendition ? made.map(({ name, format }) => pictureKey(rendition, name, format)) : [],
    ),
    ...gone.flatMap(({ proof }) => (proof ? [pictureKey(proof, 'proof', 'webp')] : [])),
  ];
  await discardObjects(tx, { shopId, subject, objectKeys: [...files.map(({ objectKey }) => objectKey), ...pictures] });
  if (gone.length === 0) return;
  await recordEvents(tx, [
    artworksDeleted({
      shopId,
      subject: gone[0]!.id,
      data: { artworkIds: gone.map(({ id }) => id), objects: [...new Set(pictures)] },
    }),
  ]);
}

export type Discard = { shopId: string; subject: string; objectKeys: readonly string[] };

/** Removes objects from storage by jobs of their own; one that is in use by then stays. */
export async function discardObjects(tx: Tx, { shopId, subject, objectKeys }: Discard): Promise<void> {
  await enqueueMany(
    tx,
    {
      job: jobs['artwork.discard'],
      each: [...new Set(objectKeys)].map((objectKey) => ({ payload: { objectKey }, subject })),
    },
    { shopId },
  );
}
