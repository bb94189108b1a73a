import { stat } from 'node:fs/promises';
import path from 'node:path';
import { StorageError } from '@windlass/storage/storage-error';
import type { ServerServices } from '../../kit/server-context.ts';
import { uploadName } from '../link-token.ts';
import type { OpenUpload } from './upload-scope.ts';

/**
 * arriving (`parts`, where they are sent in parts, are there) -> arrived (all of them are there) -> adopted (they are
 * the object). An upload whose bytes are `lost` has to begin anew.
 */
export type FoundBytes =
  | { state: 'arriving' | 'arrived'; size: number; parts: number[] }
  | { state: 'adopted' }
  | { state: 'lost' };

/**
 * Where the bytes of an upload that has not ended are. They are looked for where they come in, and only then as the
 * object: another finish may adopt them in this moment, and then they are found there.
 */
export async function findBytes(services: ServerServices, upload: OpenUpload): Promise<FoundBytes> {
  const coming = await bytesComing(services, upload);
  if (coming) return { state: coming.size === upload.sizeBytes ? 'arrived' : 'arriving', ...coming };
  return { state: (await services.storage.head(upload.objectKey)) ? 'adopted' : 'lost' };
}

/** Where the bytes of an upload gather on disk. */
export const uploadFile = (folder: string, linkSecret: string, uploadId: string): string =>
  path.join(folder, uploadName(linkSecret, uploadId));

type Coming = { size: number; parts: number[] };

/** What has come in, in bytes; undefined: there is no such file, or no such multipart upload any more. */
async function bytesComing({ storage, settings }: ServerServices, upload: OpenUpload): Promise<Coming | undefined> {
  const { uploads } = storage;
  try {
    if (uploads.kind === 'folder') {
      const { size } = await stat(uploadFile(uploads.folder, settings.linkSecret, upload.id));
      return { size, parts: [] };
    }
    if (upload.multipartId === null) return undefined;
    const there = await uploads.listParts({ key: upload.objectKey, multipartId: upload.multipartId });
    return { size: there.reduce((sum, { size }) => sum + size, 0), parts: there.map(({ part }) => part) };
  } catch (error) {
    if (isNotThere(error)) return undefined;
    throw error;
  }
}

const isNotThere = (error: unknown): boolean =>
  error instanceof StorageError ? error.code === 'NOT_FOUND' : (error as NodeJS.ErrnoException).code === 'ENOENT';
