import type { Storage } from '@windlass/storage/storage';
import { notFound, Refusal } from '../../kit/refusal.ts';
import type { ServerServices } from '../../kit/server-context.ts';
import { removeTusFile } from '../tus-files.ts';
import { findBytes, uploadFile } from './find-bytes.ts';
import type { OpenUpload } from './upload-scope.ts';

/**
 * Makes the object of the bytes that have arrived. Done already, by an earlier try that was cut off or by another
 * finish in this moment: then the object is there. Refuses where bytes are still to come, and answers an upload whose
 * bytes are lost as a missing one.
 */
export async function adoptUpload(services: ServerServices, upload: OpenUpload): Promise<void> {
  const { storage, settings } = services;
  const { uploads } = storage;
  const found = await findBytes(services, upload);
  if (found.state === 'lost') throw notFound('upload');
  if (found.state === 'arriving') throw incomplete(found.size, upload.sizeBytes);
  if (found.state === 'arrived') await adopt(storage, upload, settings.linkSecret);
  if (uploads.kind === 'folder') await removeTusFile(uploads, settings.linkSecret, upload.id);
}

async function adopt(storage: Storage, { id, objectKey, multipartId }: OpenUpload, linkSecret: string): Promise<void> {
  const { uploads } = storage;
  try {
    if (uploads.kind === 'folder') await uploads.adopt(uploadFile(uploads.folder, linkSecret, id), objectKey);
    else await uploads.complete({ key: objectKey, multipartId: multipartId! });
  } catch (error) {
    // Somebody else was faster, or only the answer was lost.
    if (!(await storage.head(objectKey).catch(() => null))) throw error;
  }
}

function incomplete(size: number, sizeBytes: number): Refusal {
  const there = `${size.toLocaleString('en')} of ${sizeBytes.toLocaleString('en')} bytes`;
  return new Refusal('conflict', 'INCOMPLETE', { message: `${there} have come in. Send the rest, then finish.` });
}
