import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { adoptFile } from './adopt-file.ts';
import { checkKey } from './check-key.ts';
import { asReadFailure, asWriteFailure } from './disk-failure.ts';
import { openFile } from './open-file.ts';
import { probeStorage } from './probe-storage.ts';
import type { Storage } from './storage.ts';
import { StorageError } from './storage-error.ts';
import { sweepUnfinished } from './sweep-unfinished.ts';
import { syncDirectories } from './sync-directories.ts';
import { writeUnfinished } from './write-unfinished.ts';

/** No key can begin with a dot, so nothing in here is ever an object. */
const UNFINISHED = '.unfinished';
/** Uploads that come in over many requests; whoever keeps their record removes what is given up. */
const UPLOADS = '.uploads';

/**
 * Keeps objects as files under `root`, which is created when first written to. A write goes to a file of its own, is
 * flushed to the disk and renamed into place, so that a crash at any moment leaves the old object or the new one. What
 * crashes leave behind is swept by `probe`. The content type is not kept: it belongs to the row that owns the key.
 */
export function createDiskStorage(root: string): Storage {
  const pathOf = (key: string) => {
    checkKey(key);
    return join(root, key);
  };

  const storage: Storage = {
    async put(key, source) {
      const path = pathOf(key);
      const unfinished = join(root, UNFINISHED, randomUUID());
      try {
        const written = await writeUnfinished(unfinished, source, key);
        try {
          const firstCreated = await mkdir(dirname(path), { recursive: true });
          await rename(unfinished, path);
          await syncDirectories(dirname(path), dirname(firstCreated ?? path));
        } catch (error) {
          throw asWriteFailure(error, key);
        }
        return written;
      } catch (error) {
        // The first failure is the one to report; what cannot be removed now is swept later.
        await Promise.allSettled([rm(unfinished, { force: true })]);
        throw error;
      }
    },

    async open(key, range) {
      const path = pathOf(key);
      try {
        const { file, size } = await openFile(path);
        // The stream closes the file at its end and when it is destroyed.
        return { stream: file.createReadStream(range ?? {}), size };
      } catch (error) {
        throw asReadFailure(error, key);
      }
    },

    async head(key) {
      const path = pathOf(key);
      try {
        const found = await stat(path);
        return found.isFile() ? { size: found.size, modifiedAt: found.mtime } : null;
      } catch (error) {
        const failure = asReadFailure(error, key);
        if (failure instanceof StorageError && failure.code === 'NOT_FOUND') return null;
        throw failure;
      }
    },

    async remove(key) {
      const path = pathOf(key);
      try {
        await rm(path, { force: true });
      } catch (error) {
        throw asWriteFailure(error, key);
      }
    },

    presign: async () => null,

    uploads: { kind: 'folder', folder: join(root, UPLOADS), adopt: (from, key) => adoptFile(from, pathOf(key), key) },

    async probe() {
      await probeStorage(storage);
      await sweepUnfinished(join(root, UNFINISHED));
    },

    close: async () => {},
  };
  return storage;
}
