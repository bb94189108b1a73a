import { randomUUID } from 'node:crypto';
import type { Storage } from './storage.ts';
import { StorageError } from './storage-error.ts';

/**
 * Writes a small object, reads it back and removes it. Throws a StorageError when the store does not return what it was
 * given.
 */
export async function probeStorage(storage: Storage): Promise<void> {
  const key = `probe/${randomUUID()}`;
  const content = randomUUID();
  try {
    await storage.put(key, oneChunk(content));
    if ((await readText(storage, key)) !== content)
      throw new StorageError('UNAVAILABLE', key, new Error('Read other bytes than written.'));
  } catch (error) {
    // The first failure is the one to report; a store in trouble may well refuse the removal too.
    await Promise.allSettled([storage.remove(key)]);
    throw error;
  }
  await storage.remove(key);
}

async function readText(storage: Storage, key: string): Promise<string> {
  const { stream } = await storage.open(key);
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

async function* oneChunk(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
