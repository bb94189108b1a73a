import { broken, type ByteSource, cutOff, readExactly, readUpTo, textAt } from './byte-source.ts';
import type { PictureHeader } from './picture-header.ts';
import { readExifOrientation } from './read-exif-orientation.ts';

/** A picture of 100 megapixels written in pieces of 8 kB has 50,000; hundreds of thousands are an attack. */
const MOST_CHUNKS = 100_000;
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 3, 4: 2, 6: 4 };
/** Read ahead, so that small chunks that follow each other cost one read. */
const AHEAD = 64 * 1024;

/** Walks the chunks to IEND by their lengths (PNG, third edition, 5); pixels are not read. */
export async function readPngHeader(source: ByteSource): Promise<PictureHeader> {
  const first = await readExactly(source, 8, 25);
  if (textAt(first, 4, 4) !== 'IHDR' || first.getUint32(0) !== 13) throw broken();
  const [width, height] = [first.getUint32(8), first.getUint32(12)];
  const [bits, colour, interlace] = [first.getUint8(16), first.getUint8(17), first.getUint8(20)];
  const channels = CHANNELS[colour];
  if (!channels || interlace > 1) throw broken();

  let orientation = 1;
  let frames = 1;
  let alpha = colour === 4 || colour === 6;
  let profileBytes = 0;
  let pixelBytes = 0;
  let piece: { start: number; view: DataView } = { start: 0, view: new DataView(new ArrayBuffer(0)) };
  let at = 33;
  for (let chunks = 0; ; chunks++) {
    if (chunks > MOST_CHUNKS) throw broken();
    if (at + 12 > source.size) throw cutOff();
    if (at < piece.start || at + 8 > piece.start + piece.view.byteLength) piece = { start: at, view: await readUpTo(source, at, AHEAD) };
    const offset = at - piece.start;
    if (offset + 8 > piece.view.byteLength) throw cutOff();
    const length = piece.view.getUint32(offset);
    const name = textAt(piece.view, offset + 4, 4);
    if (length > 0x7fffffff || !/^[A-Za-z]{4}$/.test(name)) throw broken();
    if (at + 12 + length > source.size) throw cutOff();
    if (name === 'IEND') break;
    if (name === 'IDAT' || name === 'fdAT') pixelBytes += length;
    else profileBytes += length;
    if (name === 'tRNS') alpha = true;
    if (name === 'acTL' && length >= 8) frames = (await readExactly(source, at + 8, 4)).getUint32(0);
    if (name === 'eXIf' && length < AHEAD) orientation = readExifOrientation(await readExactly(source, at + 8, length));
    at += 12 + length;
  }
  if (pixelBytes === 0) throw broken();
  return { kind: 'png', width, height, orientation, alpha, bits, channels: channels + Number(alpha && (colour === 3 || colour === 2)), frames, profileBytes, heldWhole: interlace === 1 };
}
