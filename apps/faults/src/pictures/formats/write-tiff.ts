import { deflateSync } from 'node:zlib';

export type TiffPage = {
  width: number;
  height: number;
  bits: 8 | 16;
  channels: 1 | 3 | 4;
  /** 1 grey, 2 RGB, 5 CMYK */
  photometric: 1 | 2 | 5;
  pixels: Buffer;
  layout: 'strips' | 'tiles';
  deflated?: boolean;
};

/**
 * An entry of a TIFF's directory. Values are SHORTs or LONGs by their tag, or bytes where a Buffer is given; `count`
 * may lie.
 */
export type TiffEntry = { tag: number; values: number[] | Buffer; count?: number };

export const TAG = {
  kind: 254,
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  description: 270,
  stripOffsets: 273,
  orientation: 274,
  samples: 277,
  rowsPerStrip: 278,
  stripBytes: 279,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileBytes: 325,
  subDirectories: 330,
  inks: 332,
  copyright: 33_432,
  exif: 34_665,
  profile: 34_675,
} as const;

const TILE = 64;
const SHORT = 3;
const LONG = 4;
const UNDEFINED = 7;
const SHORTS: readonly number[] = [
  TAG.bits,
  TAG.compression,
  TAG.photometric,
  TAG.orientation,
  TAG.samples,
  TAG.tileWidth,
  TAG.tileHeight,
];

/**
 * What joins directories to a file: `next` is the place of the following one in the list, which need not be a later
 * one.
 */
export type Directory = { entries: TiffEntry[]; blocks: Buffer[]; offsetsTag: number; next?: number };

/**
 * A page as a directory with its pixel blocks; `joinTiff` fills their offsets in. 16-bit samples are expected with the
 * high byte first.
 */
export function tiffDirectory(page: TiffPage): Directory {
  const tiled = page.layout === 'tiles';
  const raw = tiled ? tilesOf(page) : stripsOf(page);
  const blocks = raw.map((block) => (page.deflated ? deflateSync(block, { level: 1 }) : block));
  const entries: TiffEntry[] = [
    { tag: TAG.width, values: [page.width] },
    { tag: TAG.height, values: [page.height] },
    { tag: TAG.bits, values: Array.from({ length: page.channels }, () => page.bits) },
    { tag: TAG.compression, values: [page.deflated ? 8 : 1] },
    { tag: TAG.photometric, values: [page.photometric] },
    { tag: TAG.samples, values: [page.channels] },
    ...(tiled
      ? [
          { tag: TAG.tileWidth, values: [TILE] },
          { tag: TAG.tileHeight, values: [TILE] },
        ]
      : [{ tag: TAG.rowsPerStrip, values: [ROWS_PER_STRIP] }]),
    { tag: tiled ? TAG.tileBytes : TAG.stripBytes, values: blocks.map(({ length }) => length) },
  ];
  return { entries, blocks, offsetsTag: tiled ? TAG.tileOffsets : TAG.stripOffsets };
}

/** Puts directories into a file, high byte first: header, each page's blocks, then its directory. */
export function joinTiff(directories: readonly Directory[]): Buffer {
  const parts: Buffer[] = [Buffer.from('MM\0*\0\0\0\0', 'latin1')];
  let at = 8;
  const add = (part: Buffer) => {
    const even = part.length % 2 === 0 ? part : Buffer.concat([part, Buffer.alloc(1)]);
    const start = at;
    parts.push(even);
    at += even.length;
    return start;
  };
  const placed = directories.map(({ entries, blocks, offsetsTag }) => {
    const offsets = blocks.map(add);
    const all = [...entries, ...(offsets.length > 0 ? [{ tag: offsetsTag, values: offsets }] : [])].toSorted(
      (a, b) => a.tag - b.tag,
    );
    const written = all.map((entry) => writeEntry(entry, add));
    const directory = Buffer.concat([uint16(written.length), ...written, Buffer.alloc(4)]);
    return { directory, start: add(directory) };
  });
  parts[0]!.writeUInt32BE(placed[0]!.start, 4);
  directories.forEach(({ next }, i) => {
    const { directory } = placed[i]!;
    if (next !== undefined) directory.writeUInt32BE(placed[next]!.start, directory.length - 4);
  });
  return Buffer.concat(parts);
}

function writeEntry({ tag, values, count }: TiffEntry, add: (part: Buffer) => number): Buffer {
  const short = SHORTS.includes(tag);
  const body = Buffer.isBuffer(values) ? values : Buffer.concat(values.map(short ? uint16 : uint32));
  const entry = Buffer.alloc(12);
  entry.writeUInt16BE(tag, 0);
  entry.writeUInt16BE(Buffer.isBuffer(values) ? UNDEFINED : short ? SHORT : LONG, 2);
  entry.writeUInt32BE(count ?? values.length, 4);
  if (body.length <= 4) entry.set(body, 8);
  else entry.writeUInt32BE(add(body), 8);
  return entry;
}

const ROWS_PER_STRIP = 32;

function stripsOf({ width, height, bits, channels, pixels }: TiffPage): Buffer[] {
  const strip = (ROWS_PER_STRIP * width * channels * bits) / 8;
  return Array.from({ length: Math.ceil(height / ROWS_PER_STRIP) }, (_, i) =>
    pixels.subarray(i * strip, (i + 1) * strip),
  );
}

function tilesOf({ width, height, bits, channels, pixels }: TiffPage): Buffer[] {
  const pixelBytes = (channels * bits) / 8;
  const tiles: Buffer[] = [];
  for (let top = 0; top < height; top += TILE) {
    for (let left = 0; left < width; left += TILE) {
      const tile = Buffer.alloc(TILE * TILE * pixelBytes);
      const row = Math.min(TILE, width - left) * pixelBytes;
      for (let y = 0; y < Math.min(TILE, height - top); y += 1) {
        const from = ((top + y) * width + left) * pixelBytes;
        pixels.copy(tile, y * TILE * pixelBytes, from, from + row);
      }
      tiles.push(tile);
    }
  }
  return tiles;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}
