import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { FolderUploads } from '@windlass/storage/storage';
import type { ServerServices } from '../../kit/server-context.ts';
import type { UploadPlan } from '../contract.ts';
import { uploadName } from '../link-token.ts';
import type { OpenUpload } from './upload-scope.ts';

/** How the bytes of an upload are sent from here on, whatever is there already. */
export async function planUpload({ storage, settings }: ServerServices, upload: OpenUpload): Promise<UploadPlan> {
  const { uploads } = storage;
  if (uploads.kind === 'folder') {
    const url = `${settings.publicUrl}/api/uploads/${uploadName(settings.linkSecret, upload.id)}`;
    return { uploadId: upload.id, protocol: 'tus', url, partBytes: 0, partsThere: [] };
  }
  const there = await uploads.listParts({ key: upload.objectKey, multipartId: upload.multipartId! });
  return { uploadId: upload.id, protocol: 'parts', url: null, partBytes: uploads.partBytes, partsThere: there.map(({ part }) => part) };
}

/** Where the bytes of an upload gather on disk. */
export const uploadFile = (uploads: FolderUploads, linkSecret: string, uploadId: string): string => path.join(uploads.folder, uploadName(linkSecret, uploadId));

/** How many bytes of it have come in. */
export async function bytesOnDisk(file: string): Promise<number> {
  return (await stat(file)).size;
}
