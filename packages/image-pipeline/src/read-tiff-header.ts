import { broken, type ByteSource, cutOff, readExactly, textAt } from './byte-source.ts';
import { ImageRefused } from './image-refused.ts';
import type { PictureHeader } from './picture-header.ts';

const MOST_ENTRIES = 1_000;
const MOST_PAGES = 64;
/** A picture of 65,000 rows, one strip each. */
const MOST_BLOCKS = 70_000;
const HELD_AT_LEAST = 50_000_000;
const SIZES: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
};
const [NEW_SUBFILE, WIDTH, HEIGHT, BITS, COLOURS, SAMPLES, ORIENTATION, TILE_WIDTH, TILE_LENGTH, EXTRA] = [
  254, 256, 257, 258, 262, 277, 274, 322, 323, 338,
] as const;
/** What the colours are, of those that decoders read each in their own way. */
const LAB = new Set([8, 9, 10]);
/**
 * A fourth channel that is transparency (TIFF 6.0, ExtraSamples); 0 says only that it is there: a spot colour, a
 * selection.
 */
const ALPHA = new Set([1, 2]);
const OFFSETS = [273, 324];
const COUNTS = [279, 325];
/** Only of these is the value looked up where it lies elsewhere. */
const LOOKED_UP = new Set<number>([
  NEW_SUBFILE,
  WIDTH,
  HEIGHT,
  BITS,
  COLOURS,
  SAMPLES,
  EXTRA,
  ORIENTATION,
  TILE_WIDTH,
  TILE_LENGTH,
]);
const PROFILES = new Set([700, 33723, 34377, 34675]);

type Tag = { first: number; bytes: number; count: number; at: number };
type Page = { tags: Map<number, Tag>; next: number };

/**
 * Walks the chain of directories (TIFF 6.0, 2). A chain that comes back to itself is broken; BigTIFF is not worked on.
 */
export async function readTiffHeader(source: ByteSource): Promise<PictureHeader> {
  const head = await readExactly(source, 0, 8);
  const little = textAt(head, 0, 2) === 'II';
  if (head.getUint16(2, little) !== 42) throw new ImageRefused('UNSUPPORTED_FORMAT', 'BigTIFF is not worked on.');
  const seen = new Set<number>();
  const pages: Page[] = [];
  for (let at = head.getUint32(4, little); at !== 0; at = pages.at(-1)!.next) {
    if (seen.has(at) || pages.length >= MOST_PAGES) throw broken();
    seen.add(at);
    pages.push(await readPage(source, at, little));
  }
  const first = pages[0];
  if (!first) throw broken();
  // A smaller copy of the picture beside it (a pyramid, a thumbnail) is no page of its own.
  const frames = pages.filter((page, i) => i === 0 || ((valueOf(page, NEW_SUBFILE) ?? 0) & 1) === 0).length;
  const [width, height] = [valueOf(first, WIDTH) ?? 0, valueOf(first, HEIGHT) ?? 0];
  const channels = valueOf(first, SAMPLES) ?? 1;
  const bits = valueOf(first, BITS) ?? 1;
  if (LAB.has(valueOf(first, COLOURS) ?? 0))
    throw new ImageRefused('UNSUPPORTED_FORMAT', 'This TIFF is saved in Lab colours.');
  if (bits > 16) throw new ImageRefused('UNSUPPORTED_FORMAT', `This TIFF is saved with ${bits} bits a colour.`);
  const [tileWidth, tileLength] = [valueOf(first, TILE_WIDTH) ?? 0, valueOf(first, TILE_LENGTH) ?? 0];
  if (tileWidth * tileLength > Math.max(4_000_000, width * height * 4)) throw broken();
  // The decoder keeps rows of tiles, and tiles reach beyond the picture's edge.
  const rowOfTiles =
    tileWidth === 0 ? 0 : Math.ceil(width / tileWidth) * tileWidth * tileLength * channels * Math.ceil(bits / 8);
  const alpha = ALPHA.has(valueOf(first, EXTRA) ?? 0);
  const spareChannel = first.tags.has(EXTRA) && !alpha;
  // Of common tiles (256 by 256) a few rows are nothing to speak of. A channel that is taken off first is taken off
  // whole.
  const held = spareChannel ? width * height * 4 : rowOfTiles * 3;
  const heldBytes = held > HELD_AT_LEAST ? held : 0;
  await checkBlocks(source, first, little);
  const orientation = valueOf(first, ORIENTATION) ?? 1;
  const profileBytes = [...first.tags].reduce((sum, [tag, { bytes }]) => sum + (PROFILES.has(tag) ? bytes : 0), 0);
  return {
    kind: 'tiff',
    width,
    height,
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    alpha,
    spareChannel,
    bits,
    channels,
    frames,
    profileBytes,
    heldBytes,
  };
}

const valueOf = (page: Page, tag: number): number | undefined => page.tags.get(tag)?.first;

async function readPage(source: ByteSource, at: number, little: boolean): Promise<Page> {
  const count = (await readExactly(source, at, 2)).getUint16(0, little);
  if (count === 0 || count > MOST_ENTRIES) throw broken();
  const view = await readExactly(source, at + 2, count * 12 + 4);
  const tags: Page['tags'] = new Map();
  for (let i = 0; i < count; i++) {
    const entry = i * 12;
    const [tag, type, number] = [
      view.getUint16(entry, little),
      view.getUint16(entry + 2, little),
      view.getUint32(entry + 4, little),
    ];
    const bytes = (SIZES[type] ?? 1) * number;
    const outside = bytes > 4;
    const place = outside ? view.getUint32(entry + 8, little) : at + 2 + entry + 8;
    if (outside && place + bytes > source.size) throw cutOff();
    const narrow =
      outside && LOOKED_UP.has(tag)
        ? await readExactly(source, place, 4)
        : new DataView(view.buffer, view.byteOffset + entry + 8, 4);
    tags.set(tag, {
      first:
        type === 3 || type === 8
          ? narrow.getUint16(0, little)
          : type === 1
            ? narrow.getUint8(0)
            : narrow.getUint32(0, little),
      bytes,
      count: number,
      at: place,
    });
  }
  return { tags, next: view.getUint32(count * 12, little) };
}

/**
 * Every strip or tile of the picture must lie within the file: a decoder would look for it wherever it is said to be.
 */
async function checkBlocks(source: ByteSource, page: Page, little: boolean): Promise<void> {
  const offset = OFFSETS.map((tag) => page.tags.get(tag)).find(Boolean);
  const size = COUNTS.map((tag) => page.tags.get(tag)).find(Boolean);
  if (!offset || !size || offset.count === 0 || offset.count !== size.count || offset.count > MOST_BLOCKS)
    throw broken();
  const [offsets, sizes] = [await readNumbers(source, offset, little), await readNumbers(source, size, little)];
  for (const [i, start] of offsets.entries()) if (start + sizes[i]! > source.size) throw cutOff();
}

async function readNumbers(source: ByteSource, { at, count, bytes }: Tag, little: boolean): Promise<number[]> {
  const wide = bytes / count === 4;
  const view = await readExactly(source, at, bytes);
  return Array.from({ length: count }, (_, i) =>
    wide ? view.getUint32(i * 4, little) : view.getUint16(i * 2, little),
  );
}
