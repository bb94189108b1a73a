import { deflateSync } from 'node:zlib';
import { pngChunk } from '../../approvals/seed/png-chunk.ts';

/**
 * A crest of petals within petals on a clear ground, as a PNG of `size` by `size` pixels: the same number gives the
 * same drawing.
 */
export function makeCrest(number: number, size: number): Buffer {
  const layers = Array.from({ length: 4 + (number % 3) }, (_, ring) => ({
    radius: 0.48 - ring * 0.075,
    petals: 3 + ((number * 2 + ring) % 6),
    turn: number + ring * 0.7,
    depth: 0.16 + ((number + ring) % 4) * 0.05,
    colour: colourOf((number * 47 + ring * 34) % 360, 0.38 + ring * 0.09),
  }));
  const rows = Buffer.alloc(size * (size * 4 + 1)); // each row begins with its filter byte, 0: none
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const [dx, dy] = [x / size - 0.5, y / size - 0.5];
      const [distance, angle] = [Math.hypot(dx, dy), Math.atan2(dy, dx)];
      const layer = layers.findLast(
        ({ radius, petals, turn, depth }) => distance < radius * (1 - depth + depth * Math.cos(petals * angle + turn)),
      );
      if (layer) rows.set([...layer.colour, 255], y * (size * 4 + 1) + 1 + x * 4);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8); // 8 bits, colour with alpha
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(rows, { level: 4 })),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Hue in degrees, lightness 0 to 1, at one saturation; as red, green and blue. */
function colourOf(hue: number, lightness: number): [number, number, number] {
  const part = (n: number) => {
    const k = (n + hue / 30) % 12;
    return Math.round(
      255 * (lightness - 0.6 * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(k - 3, 9 - k, 1))),
    );
  };
  return [part(0), part(8), part(4)];
}
