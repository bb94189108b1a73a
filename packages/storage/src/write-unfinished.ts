import { createHash } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { asWriteFailure } from './disk-failure.ts';
import type { Bytes } from './storage.ts';

/**
 * Streams the source into a new file and flushes it to the disk. A failing disk throws a StorageError, a failing source
 * its own error; either way the file is closed and left for the caller to remove.
 */
export async function writeUnfinished(
  path: string,
  source: Bytes,
  key: string,
): Promise<{ size: number; sha256: string }> {
  const file = await onDisk(key, () => openNew(path));
  try {
    const hash = createHash('sha256');
    let size = 0;
    for await (const chunk of source as AsyncIterable<Uint8Array>) {
      hash.update(chunk);
      size += chunk.byteLength;
      // On an open file this continues where the last write ended, and writes all of the chunk.
      await onDisk(key, () => file.writeFile(chunk));
    }
    await onDisk(key, () => file.sync());
    return { size, sha256: hash.digest('hex') };
  } finally {
    await file.close();
  }
}

async function openNew(path: string): Promise<FileHandle> {
  await mkdir(dirname(path), { recursive: true });
  return open(path, 'wx');
}

async function onDisk<T>(key: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asWriteFailure(error, key);
  }
}
