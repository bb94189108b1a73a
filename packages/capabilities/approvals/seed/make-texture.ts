import { deflateSync } from 'node:zlib';
import { pngChunk } from './png-chunk.ts';

/**
 * A grained paper texture as a greyscale PNG of `size` by `size` pixels. Grain hardly compresses, so it weighs about
 * size² bytes.
 */
export function makeTexture(seed: number, size: number): Buffer {
  const rows = Buffer.alloc(size * (size + 1)); // each row begins with its filter byte, 0: none
  let state = seed * 2_654_435_761 + 1;
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      const fibre = Math.sin((x + seed * 31) / 23) * 9 + Math.sin((y * 1.7 + x * 0.3) / 41) * 7;
      rows[y * (size + 1) + 1 + x] = 205 + fibre + (state >>> 27);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 0, 0, 0, 0], 8); // 8 bits, greyscale
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(rows, { level: 1 })),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}
