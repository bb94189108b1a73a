import { buffer } from 'node:stream/consumers';
import type { ByteSource } from '@windlass/image-pipeline/byte-source';
import type { Storage } from '@windlass/storage/storage';

/**
 * A stored object, for reading a header here and there. Small reads that follow each other are served from one piece.
 */
export function openObjectSource(storage: Storage, key: string, size: number): ByteSource {
  const PIECE = 64 * 1024;
  let piece: { start: number; bytes: Uint8Array } | undefined;
  return {
    size,
    async read(start, length) {
      const end = Math.min(start + length, size);
      if (end <= start) return new Uint8Array(0);
      if (!piece || start < piece.start || end > piece.start + piece.bytes.length) {
        const { stream } = await storage.open(key, { start, end: Math.min(Math.max(end, start + PIECE), size) - 1 });
        piece = { start, bytes: await buffer(stream) };
      }
      return piece.bytes.subarray(start - piece.start, end - piece.start);
    },
  };
}
