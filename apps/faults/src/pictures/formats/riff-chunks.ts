export type RiffChunk = { type: string; body: Buffer };

/** The chunks of a well-formed WebP. */
export function splitWebp(bytes: Buffer): RiffChunk[] {
  const chunks: RiffChunk[] = [];
  for (let at = 12; at + 8 <= bytes.length;) {
    const length = bytes.readUInt32LE(at + 4);
    chunks.push({ type: bytes.toString('latin1', at, at + 4), body: bytes.subarray(at + 8, at + 8 + length) });
    at += 8 + length + (length % 2);
  }
  return chunks;
}

/** Puts chunks together; one chunk's length may lie, and so may the whole file's. */
export function joinWebp(
  chunks: readonly RiffChunk[],
  lie: { chunk?: string; length?: number; whole?: number } = {},
): Buffer {
  const parts = chunks.map(({ type, body }) => {
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32LE(type === lie.chunk ? lie.length! : body.length, 4);
    return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
  });
  const all = Buffer.concat(parts);
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  head.writeUInt32LE(lie.whole ?? all.length + 4, 4);
  return Buffer.concat([head, all]);
}

export const PROFILE_FLAG = 0x20;
export const EXIF_FLAG = 0x08;

/** The chunk that says how large the canvas is and what follows. */
export function webpCanvas(flags: number, width: number, height: number): RiffChunk {
  const body = Buffer.alloc(10);
  body[0] = flags;
  body.writeUIntLE(width - 1, 4, 3);
  body.writeUIntLE(height - 1, 7, 3);
  return { type: 'VP8X', body };
}
