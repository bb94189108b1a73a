import { StorageError } from '@windlass/storage/storage-error';
import { missing, Refusal } from '../../kit/refusal.ts';
import { addArtwork } from './add-artwork.ts';
import { inspectUpload } from './inspect-upload.ts';
import { removeTusFile } from '../tus-files.ts';
import { bytesOnDisk, uploadFile } from './upload-plan.ts';
import { findUpload, type OpenUpload, type UploadScope } from './upload-scope.ts';

const REFUSE = `update artwork_upload set state = 'refused', ended_at = now() where id = $1 and state = 'open'`;

/**
 * Makes artwork of an upload whose bytes are all there. Finishing twice answers the same. What is refused leaves nothing behind: the
 * sender sees why, and sends another file.
 */
export async function finishUpload(scope: UploadScope, uploadId: string): Promise<{ artworkId: string }> {
  const upload = await findUpload(scope, uploadId);
  if (upload?.artworkId) return { artworkId: upload.artworkId };
  if (!upload || upload.state !== 'open') throw missing('upload');
  const { storage, database } = scope.services;
  await storeBytes(scope, upload);
  try {
    const inspected = await inspectUpload(storage, { key: upload.objectKey, size: upload.sizeBytes, name: upload.name });
    return { artworkId: await addArtwork(scope, upload, inspected) };
  } catch (error) {
    if (error instanceof Refusal) {
      await storage.remove(upload.objectKey);
      await database.sql.rows('refuse-artwork-upload', REFUSE, [upload.id]);
    }
    throw error;
  }
}

/** From a file in parts to an object. Done already by an earlier try that was cut off: then the object is there. */
async function storeBytes({ services }: UploadScope, upload: OpenUpload): Promise<void> {
  const { storage, settings } = services;
  const { uploads } = storage;
  const there = await storage.head(upload.objectKey);
  if (!there && uploads.kind === 'parts') {
    const parts = await uploads.listParts({ key: upload.objectKey, multipartId: upload.multipartId! });
    refuseIncomplete(parts.reduce((sum, { size }) => sum + size, 0), upload);
    await uploads.complete({ key: upload.objectKey, multipartId: upload.multipartId! });
  }
  if (uploads.kind === 'folder') {
    const file = uploadFile(uploads, settings.linkSecret, upload.id);
    if (!there) {
      refuseIncomplete(await sizeOnDisk(file), upload);
      await uploads.adopt(file, upload.objectKey);
    }
    await removeTusFile(uploads, settings.linkSecret, upload.id);
  }
}

async function sizeOnDisk(file: string): Promise<number> {
  try {
    return await bytesOnDisk(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new StorageError('NOT_FOUND', 'upload', error);
    throw error;
  }
}

function refuseIncomplete(size: number, upload: OpenUpload): void {
  if (size === upload.sizeBytes) return;
  throw new Refusal('conflict', 'INCOMPLETE', {
    message: `${size.toLocaleString('en')} of ${upload.sizeBytes.toLocaleString('en')} bytes have come in. Send the rest, then finish.`,
  });
}
