import { broken, type ByteSource, cutOff, readExactly, readUpTo, textAt } from './byte-source.ts';
import type { PictureHeader } from './picture-header.ts';
import { readExifOrientation } from './read-exif-orientation.ts';

/** More than this before the picture begins is no program's work. */
const MOST_CHUNKS = 2_000;
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 3, 4: 2, 6: 4 };
/** The depths that each colour type may have (11.2.1). */
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};
const EXIF_MOST = 64 * 1024;
/** Where the end is looked for: some programs append things of their own. */
const TAIL = 64 * 1024;
const END = 'IEND\xaeB`\x82';

/**
 * Walks the chunks to the first of the pixels by their lengths (PNG, third edition, 5), and looks for the end; pixels
 * are not read.
 */
export async function readPngHeader(source: ByteSource): Promise<PictureHeader> {
  const first = await readExactly(source, 8, 25);
  if (textAt(first, 4, 4) !== 'IHDR' || first.getUint32(0) !== 13) throw broken();
  const [width, height] = [first.getUint32(8), first.getUint32(12)];
  const [bits, colour, interlace] = [first.getUint8(16), first.getUint8(17), first.getUint8(20)];
  const channels = CHANNELS[colour];
  if (!channels || !DEPTHS[colour]!.includes(bits) || interlace > 1) throw broken();

  let orientation = 1;
  let frames = 1;
  let alpha = colour === 4 || colour === 6;
  let profileBytes = 0;
  let at = 33;
  for (let chunks = 0; ; chunks++) {
    if (chunks > MOST_CHUNKS) throw broken();
    if (at + 12 > source.size) throw cutOff();
    const head = await readExactly(source, at, 8);
    const length = head.getUint32(0);
    const name = textAt(head, 4, 4);
    if (length > 0x7fffffff || !/^[A-Za-z]{4}$/.test(name)) throw broken();
    if (at + 12 + length > source.size) throw cutOff();
    if (name === 'IEND') throw broken(); // no pixels
    if (name === 'IDAT') break;
    profileBytes += length;
    if (name === 'tRNS') alpha = true;
    if (name === 'acTL' && length >= 8) frames = (await readExactly(source, at + 8, 4)).getUint32(0);
    if (name === 'eXIf' && length < EXIF_MOST)
      orientation = readExifOrientation(await readExactly(source, at + 8, length));
    at += 12 + length;
  }
  if (!(await endsProperly(source, at))) throw cutOff();
  const shown = channels + Number(alpha && (colour === 3 || colour === 2));
  const heldBytes = interlace === 1 ? width * height * (shown * (bits > 8 ? 2 : 1) + 2) : 0;
  return { kind: 'png', width, height, orientation, alpha, bits, channels: shown, frames, profileBytes, heldBytes };
}

async function endsProperly(source: ByteSource, pixels: number): Promise<boolean> {
  const start = Math.max(pixels, source.size - TAIL);
  const tail = await readUpTo(source, start, source.size - start);
  for (let i = tail.byteLength - END.length; i >= 0; i--)
    if (tail.getUint8(i) === 0x49 && textAt(tail, i, END.length) === END) return true;
  return false;
}
