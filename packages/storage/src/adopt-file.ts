import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { asWriteFailure } from './disk-failure.ts';
import { syncDirectories } from './sync-directories.ts';

/**
 * Flushes a file to the disk and renames it into place: the object is there whole or not at all. Both must be on one
 * file system.
 */
export async function adoptFile(from: string, to: string, key: string): Promise<{ size: number }> {
  try {
    const file = await open(from, 'r+');
    let size: number;
    try {
      await file.sync();
      size = (await file.stat()).size;
    } finally {
      await file.close();
    }
    const firstCreated = await mkdir(dirname(to), { recursive: true });
    await rename(from, to);
    await syncDirectories(dirname(to), dirname(firstCreated ?? to));
    return { size };
  } catch (error) {
    throw asWriteFailure(error, key);
  }
}
