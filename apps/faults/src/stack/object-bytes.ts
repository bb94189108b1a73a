import { createHash } from 'node:crypto';

const CHUNK = 16 * 1024;

/** An object that says of itself whether it is whole: noise derived from its key, and at its end the noise's hash. */
export async function* objectBytes(key: string, chunks: number): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for (let i = 0; i < chunks; i += 1) {
    const bytes = createHash('shake256', { outputLength: CHUNK }).update(`${key} ${i}`).digest();
    hash.update(bytes);
    yield bytes;
  }
  yield hash.digest();
}

/** Is every byte of it there? */
export function isWhole(bytes: Buffer): boolean {
  if (bytes.length < 32) return false;
  const [body, end] = [bytes.subarray(0, -32), bytes.subarray(-32)];
  return body.length % CHUNK === 0 && createHash('sha256').update(body).digest().equals(end);
}
