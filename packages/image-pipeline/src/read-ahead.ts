import { broken, type ByteSource } from './byte-source.ts';

/** Small parts that follow each other cost one read. */
const AHEAD = 16 * 1024;
/** A header that is strewn over the file in more parts than this was made to keep its reader busy. */
const MOST_READS = 500;

/**
 * The same source, read a little ahead, and not for ever: whatever a reader is told by the file, it asks for 500 pieces
 * at most.
 */
export function readAhead(source: ByteSource): ByteSource {
  let piece: { start: number; bytes: Uint8Array } = { start: 0, bytes: new Uint8Array(0) };
  let reads = 0;
  return {
    size: source.size,
    async read(start, length) {
      const end = Math.min(start + length, source.size);
      if (start < piece.start || end > piece.start + piece.bytes.length) {
        if (++reads > MOST_READS) throw broken();
        piece = { start, bytes: await source.read(start, Math.max(length, AHEAD)) };
      }
      return piece.bytes.subarray(start - piece.start, Math.max(start, end) - piece.start);
    },
  };
}
