import { Refusal } from '../../kit/refusal.ts';
import { addArtwork } from './add-artwork.ts';
import { adoptUpload } from './adopt-upload.ts';
import { inspectUpload } from './inspect-upload.ts';
import { outcomeOf, refuseUpload } from './refuse-upload.ts';
import { findUpload, type OpenUpload, type UploadScope } from './upload-scope.ts';

/**
 * Makes artwork of an upload whose bytes are all there. Finishing it again, or twice at once, answers the same: the
 * artwork, or why it was refused. What is refused leaves nothing behind: the sender sees why, and sends another file.
 */
export async function finishUpload(scope: UploadScope, uploadId: string): Promise<{ artworkId: string }> {
  const { services } = scope;
  const upload = await findUpload(scope, uploadId);
  if (upload?.state !== 'open') return { artworkId: outcomeOf(upload) };
  try {
    await adoptUpload(services, upload);
    return { artworkId: await judgeUpload(scope, upload) };
  } catch (error) {
    // How it stands decides, not how this try fared: another finish may have ended it, or somebody has given it up.
    const now = await findUpload(scope, uploadId).catch(() => upload);
    if (now?.state === 'open') throw error;
    // Nothing can be made of it any more. What cannot be removed now is swept later.
    if (!now?.artworkId) await Promise.allSettled([services.storage.remove(upload.objectKey)]);
    return { artworkId: outcomeOf(now) };
  }
}

/** Looks at what has been sent: artwork, or refused for good. */
async function judgeUpload(scope: UploadScope, upload: OpenUpload): Promise<string> {
  const { storage, database } = scope.services;
  try {
    const { objectKey: key, sizeBytes: size, name } = upload;
    const inspected = await inspectUpload(storage, { key, size, name });
    return await addArtwork(scope, upload, inspected);
  } catch (error) {
    if (error instanceof Refusal) await refuseUpload(database.sql, upload.id, error);
    throw error;
  }
}
