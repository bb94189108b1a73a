import type { WorkerServices } from '../../kit/worker-services.ts';
import { forgetUpload, type UploadBytes } from '../forget-upload.ts';

const GIVE_UP = `update artwork_upload set state = 'abandoned', ended_at = now() where id in (
    select id from artwork_upload where state = 'open' and created_at < now() - interval '3 days'
      order by created_at limit 100 for update skip locked)`;
/** A request that was cut off may still have been writing: its last bytes are on the disk moments later. */
const LEFT = `select id, object_key as "objectKey", multipart_id as "multipartId", state from artwork_upload
  where state <> 'open' and swept_at is null and ended_at < now() - interval '30 seconds' order by ended_at limit 200`;
const SWEPT = `update artwork_upload set swept_at = now() where id = any($1::text[])`;
const PRUNE = `delete from artwork_upload where id in (
    select id from artwork_upload where state <> 'open' and swept_at is not null
      and ended_at < now() - interval '7 days' order by ended_at limit 1000)`;

/**
 * Uploads that nobody has gone on with for three days end; the bytes of ended ones go, and a week after its end the
 * upload itself. One whose bytes could not be removed is tried again the next time. Answers how many were swept.
 */
export async function sweepUploads({ database, storage, settings, log }: WorkerServices): Promise<number> {
  await database.sql.rows('give-up-uploads', GIVE_UP);
  const left = await database.sql.rows<UploadBytes>('uploads-to-sweep', LEFT);
  const swept: string[] = [];
  for (const upload of left) {
    try {
      await forgetUpload(storage, settings, upload);
      swept.push(upload.id);
    } catch (error) {
      log.error({ err: error, uploadId: upload.id }, 'the bytes of an ended upload could not be removed');
    }
  }
  await database.sql.rows('mark-uploads-swept', SWEPT, [swept]);
  await database.sql.rows('prune-uploads', PRUNE);
  return swept.length;
}
