import { rm } from 'node:fs/promises';
import path from 'node:path';
import { FileStore } from '@tus/file-store';
import { Upload } from '@tus/server';
import type { FolderUploads } from '@windlass/storage/storage';
import { uploadName } from './link-token.ts';

/** One store a folder: it creates the folder when it is made. */
const stores = new Map<string, FileStore>();

/** Where the tus protocol keeps the bytes of uploads on their way, and how far each has come. */
export function tusStore({ folder }: FolderUploads): FileStore {
  let store = stores.get(folder);
  if (!store) {
    store = new FileStore({ directory: folder });
    stores.set(folder, store);
  }
  return store;
}

/** Makes room for an upload whose size is known; its bytes come in by PATCH. */
export async function createTusFile(
  uploads: FolderUploads,
  linkSecret: string,
  { id, sizeBytes }: { id: string; sizeBytes: number },
): Promise<void> {
  await tusStore(uploads).create(new Upload({ id: uploadName(linkSecret, id), size: sizeBytes, offset: 0 }));
}

/**
 * Forgets an upload's bytes, or what the protocol knew of it once they are an object. What is gone already is no error.
 */
export async function removeTusFile(uploads: FolderUploads, linkSecret: string, uploadId: string): Promise<void> {
  const file = path.join(uploads.folder, uploadName(linkSecret, uploadId));
  await Promise.all([rm(file, { force: true }), rm(`${file}.json`, { force: true })]);
}
