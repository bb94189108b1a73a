import { crc32, deflateSync } from 'node:zlib';

export type PngChunk = { type: string; body: Buffer };

/** Colour types of PNG and how many samples a pixel has in each. */
export const PNG_CHANNELS = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;
export type PngColour = keyof typeof PNG_CHANNELS;

export type PngPicture = {
  width: number;
  height: number;
  bits: 8 | 16;
  colour: PngColour;
  interlaced: boolean;
  pixels: Buffer;
};

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/**
 * The chunks of a PNG of these pixels, IHDR first and IEND last; a palette of greys where the colour type wants one.
 */
export function pngChunks(picture: PngPicture): PngChunk[] {
  const { width, height, bits, colour, interlaced } = picture;
  const palette = Buffer.from(Array.from({ length: 256 * 3 }, (_, i) => Math.floor(i / 3)));
  return [
    { type: 'IHDR', body: pngHeader({ width, height, bits, colour, interlaced }) },
    ...(colour === 3 ? [{ type: 'PLTE', body: palette }] : []),
    { type: 'IDAT', body: deflateSync(interlaced ? interlacedRows(picture) : plainRows(picture), { level: 1 }) },
    { type: 'IEND', body: Buffer.alloc(0) },
  ];
}

/** The 13 bytes of IHDR, true or not. */
export function pngHeader(header: {
  width: number;
  height: number;
  bits: number;
  colour: number;
  interlaced?: boolean;
}): Buffer {
  const body = Buffer.alloc(13);
  body.writeUInt32BE(header.width, 0);
  body.writeUInt32BE(header.height, 4);
  body.set([header.bits, header.colour, 0, 0, header.interlaced ? 1 : 0], 8);
  return body;
}

/** A chunk as it lies in the file; `length` and the checksum may lie. */
export function writeChunk({ type, body }: PngChunk, { length = body.length, checksumOff = 0 } = {}): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const chunk = Buffer.alloc(named.length + 8);
  chunk.writeUInt32BE(length >>> 0, 0);
  chunk.set(named, 4);
  chunk.writeUInt32BE((crc32(named) ^ checksumOff) >>> 0, named.length + 4);
  return chunk;
}

export const joinPng = (chunks: readonly PngChunk[]): Buffer => joinChunks(chunks.map((chunk) => writeChunk(chunk)));

/** For chunks that were written with a lie in them. */
export const joinChunks = (chunks: readonly Buffer[]): Buffer => Buffer.concat([SIGNATURE, ...chunks]);

function plainRows({ width, height, bits, colour, pixels }: PngPicture): Buffer {
  const stride = (width * PNG_CHANNELS[colour] * bits) / 8;
  const rows = Buffer.alloc((stride + 1) * height);
  for (let y = 0; y < height; y += 1) pixels.copy(rows, y * (stride + 1) + 1, y * stride, (y + 1) * stride);
  return rows;
}

/** Adam7: [first x, first y, step x, step y] of each pass. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

function interlacedRows({ width, height, bits, colour, pixels }: PngPicture): Buffer {
  const pixelBytes = (PNG_CHANNELS[colour] * bits) / 8;
  const rows: Buffer[] = [];
  for (const [firstX, firstY, stepX, stepY] of PASSES) {
    if (firstX >= width) continue;
    for (let y = firstY; y < height; y += stepY) {
      const row = Buffer.alloc(1 + Math.ceil((width - firstX) / stepX) * pixelBytes);
      let at = 1;
      for (let x = firstX; x < width; x += stepX) {
        pixels.copy(row, at, (y * width + x) * pixelBytes, (y * width + x + 1) * pixelBytes);
        at += pixelBytes;
      }
      rows.push(row);
    }
  }
  return Buffer.concat(rows);
}
