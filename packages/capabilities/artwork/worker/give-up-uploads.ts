import type { WorkerServices } from '../../kit/worker-services.ts';
import { removeTusFile } from '../tus-files.ts';

const STALE = `update artwork_upload set state = 'abandoned', ended_at = now() where id in (
    select id from artwork_upload where state = 'open' and created_at < now() - interval '3 days' order by created_at limit 100 for update skip locked)
  returning id, object_key as "objectKey", multipart_id as "multipartId"`;

/** Uploads that nobody has gone on with for three days: their bytes go. Answers how many. */
export async function giveUpUploads({ database, storage, settings, log }: WorkerServices): Promise<number> {
  const uploads = await database.sql.rows<{ id: string; objectKey: string; multipartId: string | null }>('give-up-uploads', STALE);
  for (const { id, objectKey, multipartId } of uploads) {
    try {
      if (storage.uploads.kind === 'folder') await removeTusFile(storage.uploads, settings.linkSecret, id);
      else if (multipartId) await storage.uploads.abort({ key: objectKey, multipartId });
    } catch (error) {
      log.error({ err: error, uploadId: id }, 'the bytes of a given-up upload could not be removed');
    }
  }
  return uploads.length;
}
