import { open } from 'node:fs/promises';
import type { ByteSource } from './byte-source.ts';

/** A file, for reading a header here and there. Close it. */
export async function openFileSource(path: string): Promise<ByteSource & { close: () => Promise<void> }> {
  const file = await open(path, 'r');
  const { size } = await file.stat();
  return {
    size,
    async read(start, length) {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, size - start)));
      if (bytes.length === 0) return bytes;
      const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
      return bytes.subarray(0, bytesRead);
    },
    close: () => file.close(),
  };
}
