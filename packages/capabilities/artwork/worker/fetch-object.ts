import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GiveUp } from '@windlass/queue/jobs/errors';
import type { Storage } from '@windlass/storage/storage';
import { StorageError } from '@windlass/storage/storage-error';

/**
 * Streams an object into a file and answers the SHA-256 of its bytes, in one pass. An object that is gone is given up;
 * any other trouble of the storage is for a later try.
 */
export async function fetchObject(
  storage: Storage,
  key: string,
  { to, signal }: { to: string; signal: AbortSignal },
): Promise<Buffer> {
  const hash = createHash('sha256');
  const hashing = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  try {
    const { stream } = await storage.open(key);
    await pipeline(stream, hashing, createWriteStream(to), { signal });
  } catch (error) {
    if (error instanceof StorageError && error.code === 'NOT_FOUND') {
      throw new GiveUp({
        code: 'FILE_GONE',
        message: `object ${key} is not in storage`,
        sentence: 'The file is not in storage any more.',
        hint: 'Ask for the file again.',
      });
    }
    throw error;
  }
  return hash.digest();
}
