import type { Storage } from '@windlass/storage/storage';
import { removeTusFile } from './tus-files.ts';

/** What is to be known of an upload to find its bytes, wherever they are. */
export type UploadBytes = { id: string; objectKey: string; multipartId: string | null; state: string };
export type ForgetSettings = { linkSecret: string };

/**
 * Removes what an ended upload has left behind: its file or its parts, and the object they had become where no artwork
 * was made of it. What is gone already is no error.
 */
export async function forgetUpload(
  storage: Storage,
  { linkSecret }: ForgetSettings,
  upload: UploadBytes,
): Promise<void> {
  const { uploads } = storage;
  if (uploads.kind === 'folder') await removeTusFile(uploads, linkSecret, upload.id);
  else if (upload.multipartId && upload.state !== 'finished')
    await uploads.abort({ key: upload.objectKey, multipartId: upload.multipartId });
  if (upload.state !== 'finished') await storage.remove(upload.objectKey);
}
