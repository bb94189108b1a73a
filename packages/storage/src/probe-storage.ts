import { randomUUID } from 'node:crypto';
import type { Storage } from './storage.ts';
import { StorageError } from './storage-error.ts';

/** Writes a small object, reads it back and removes it. Throws a StorageError when the store does not return what it was given. */
export async function probeStorage(storage: Storage): Promise<void> {
  const key = `probe/${randomUUID()}`;
  const content = randomUUID();
  try {
    await storage.put(key, oneChunk(content));
    const { stream } = await storage.open(key);
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    if (Buffer.concat(chunks).toString() !== content) throw new StorageError('UNAVAILABLE', key, new Error('Read other bytes than written.'));
  } finally {
    await storage.remove(key);
  }
}

async function* oneChunk(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
