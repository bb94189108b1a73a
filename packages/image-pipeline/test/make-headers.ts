import { crc32, deflateSync } from 'node:zlib';

// Files by hand: headers of any size over next to no pixels.

type JpegWish = { side: number; marker?: number; sampling?: number; channelsOfScan?: number; segments?: number };

/**
 * A JPEG of three channels to its first scan, and its end. `sampling` is that of the light: 0x11 with colours as fine,
 * 0x22 a quarter.
 */
export function jpegOf({ side, marker = 0xc0, sampling = 0x22, channelsOfScan = 3, segments = 0 }: JpegWish): Buffer {
  const segment = (name: number, data: Buffer) => {
    const head = Buffer.from([0xff, name, 0, 0]);
    head.writeUInt16BE(data.length + 2, 2);
    return Buffer.concat([head, data]);
  };
  const frame = Buffer.from([8, 0, 0, 0, 0, 3, 1, sampling, 0, 2, 0x11, 1, 3, 0x11, 1]);
  frame.writeUInt16BE(side, 1);
  frame.writeUInt16BE(side, 3);
  const scan = Buffer.from([
    channelsOfScan,
    ...Array.from({ length: channelsOfScan }, (_, i) => [i + 1, 0]).flat(),
    0,
    63,
    0,
  ]);
  const between = Array<Buffer>(segments).fill(segment(0xe5, Buffer.alloc(60_000)));
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    ...between,
    segment(marker, frame),
    segment(0xda, scan),
    Buffer.alloc(50),
    Buffer.from([0xff, 0xd9]),
  ]);
}

type TiffWish = {
  side: number;
  tile?: number;
  pages?: number;
  entries?: number;
  bits?: number;
  /** TIFF 6.0, PhotometricInterpretation. */ colours?: number;
  /** What a fourth channel is. */ extra?: number;
};

/**
 * A TIFF of three channels, in tiles or in one strip, whose blocks share a few bytes; further pages have `entries`
 * texts that lie elsewhere.
 */
export function tiffOf({ side, tile = 0, pages = 1, entries = 0, bits = 8, colours = 2, extra }: TiffWish): Buffer {
  const blocks = tile ? Math.ceil(side / tile) ** 2 : 1;
  const [offsets, counts] = [64, 64 + blocks * 4];
  const directory = counts + blocks * 4;
  const head = Buffer.alloc(directory);
  head.write('II*\0', 'latin1');
  head.writeUInt32LE(directory, 4);
  for (let i = 0; i < blocks; i++) {
    head.writeUInt32LE(8, offsets + i * 4);
    head.writeUInt32LE(40, counts + i * 4);
  }
  const shape = tile
    ? [
        [322, 4, 1, tile],
        [323, 4, 1, tile],
      ]
    : [];
  const block = (at: number) => (blocks === 1 ? (at === offsets ? 8 : 40) : at);
  const fourth = extra === undefined ? [] : [[338, 3, 1, extra]];
  const tags = [
    [256, 4, 1, side],
    [257, 4, 1, side],
    [258, 3, 1, bits],
    [262, 3, 1, colours],
    [277, 3, 1, extra === undefined ? 3 : 4],
    ...fourth,
    ...shape,
    [tile ? 324 : 273, 4, blocks, block(offsets)],
    [tile ? 325 : 279, 4, blocks, block(counts)],
  ];
  const texts = Array.from({ length: entries }, (_, i) => [
    40_000 + i,
    2,
    40,
    8 + ((i * 17_977) % Math.max(1, entries * 12 * pages - 100)),
  ]);
  const parts = [head];
  let at = directory;
  for (let page = 0; page < pages; page++) {
    const all = [...tags, ...texts];
    const body = Buffer.alloc(2 + all.length * 12 + 4);
    body.writeUInt16LE(all.length, 0);
    for (const [i, [tag, type, count, value]] of all.entries()) {
      body.writeUInt16LE(tag!, 2 + i * 12);
      body.writeUInt16LE(type!, 4 + i * 12);
      body.writeUInt32LE(count!, 6 + i * 12);
      body.writeUInt32LE(value!, 10 + i * 12);
    }
    at += body.length;
    body.writeUInt32LE(page + 1 < pages ? at : 0, body.length - 4);
    parts.push(body);
  }
  return Buffer.concat(parts);
}

type PngWish = { interlaced?: boolean; text?: number; chunks?: number; bits?: number; colour?: number };

/** A PNG by its header, with next to no pixels: `chunks` texts of `text` bytes stand before them. */
export function pngOf(
  width: number,
  height: number,
  { interlaced = false, text = 0, chunks = 1, bits = 1, colour = 0 }: PngWish = {},
): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc32(body), body.length + 4);
    return out;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = bits;
  header[9] = colour;
  header[12] = Number(interlaced);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    ...(text ? Array<Buffer>(chunks).fill(chunk('tEXt', Buffer.alloc(text, 0x61))) : []),
    chunk('IDAT', deflateSync(Buffer.alloc(100))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A WebP that says it has so many frames, none of which holds anything, and before them unknown chunks. */
export function webpOf(frames: number, unknown = 0): Buffer {
  const chunk = (name: string, data: Buffer) => {
    const head = Buffer.alloc(8);
    head.write(name, 'latin1');
    head.writeUInt32LE(data.length, 4);
    return Buffer.concat([head, data]);
  };
  const canvas = Buffer.alloc(10);
  canvas[0] = 2;
  const body = Buffer.concat([
    Buffer.from('WEBP'),
    chunk('VP8X', canvas),
    chunk('ANIM', Buffer.alloc(6)),
    ...Array<Buffer>(unknown).fill(chunk('none', Buffer.alloc(0))),
    ...Array.from({ length: frames }, () => chunk('ANMF', Buffer.alloc(16))),
  ]);
  const riff = Buffer.alloc(8);
  riff.write('RIFF');
  riff.writeUInt32LE(body.length, 4);
  return Buffer.concat([riff, body]);
}
