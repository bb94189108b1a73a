import { broken, type ByteSource, cutOff, readExactly, readUpTo, textAt } from './byte-source.ts';
import type { PictureHeader } from './picture-header.ts';
import { readExifOrientation } from './read-exif-orientation.ts';

/** More segments than this before the picture begins is no camera's work. */
const MOST_SEGMENTS = 400;
const TAIL = 64 * 1024;
const PIECE = 256 * 1024;
const EXIF_MOST = 64 * 1024;

/** Walks the segments to the first scan (ITU T.81, annex B) and looks for the end mark in the last 64 kB; pixels are not read. */
export async function readJpegHeader(source: ByteSource): Promise<PictureHeader> {
  let frame: { bits: number; height: number; width: number; channels: number; progressive: boolean } | undefined;
  let orientation = 1;
  let profileBytes = 0;
  let at = 2;
  for (let segments = 0; ; segments++) {
    if (segments > MOST_SEGMENTS) throw broken();
    const head = await readExactly(source, at, 4);
    if (head.getUint8(0) !== 0xff) throw broken();
    const marker = head.getUint8(1);
    if (marker === 0xff) {
      at += 1; // a fill byte
      continue;
    }
    if (marker === 0xda) break;
    if (marker === 0xd8 || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) {
      at += 2;
      continue;
    }
    if (marker === 0xd9) throw cutOff();
    const length = head.getUint16(2);
    if (length < 2 || at + 2 + length > source.size) throw cutOff();
    if (isFrame(marker)) {
      const body = await readExactly(source, at + 4, 6);
      if (frame) throw broken();
      frame = { bits: body.getUint8(0), height: body.getUint16(1), width: body.getUint16(3), channels: body.getUint8(5), progressive: (marker & 3) === 2 };
    }
    if (marker >= 0xe1 && marker <= 0xef) profileBytes += length;
    if (marker === 0xe1 && length > 14) {
      const body = await readUpTo(source, at + 4, Math.min(length - 2, EXIF_MOST));
      if (textAt(body, 0, 6) === 'Exif\0\0') orientation = readExifOrientation(new DataView(body.buffer, body.byteOffset + 6, body.byteLength - 6));
    }
    at += 2 + length;
  }
  if (!frame) throw broken();
  if (!(await endsProperly(source, at))) throw cutOff();
  const { width, height, bits, channels, progressive } = frame;
  return { kind: 'jpeg', width, height, orientation, alpha: false, bits, channels, frames: 1, profileBytes, heldWhole: progressive };
}

/** SOF0 to SOF15, without the three of that range that are something else. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/**
 * Is there an end mark? Within the compressed pixels it cannot stand. Mostly it is the last thing; cameras and telephones append things of their own, a
 * film even: then it is looked for from the front.
 */
async function endsProperly(source: ByteSource, scan: number): Promise<boolean> {
  const start = Math.max(scan, source.size - TAIL);
  if (hasEnd(await readUpTo(source, start, source.size - start))) return true;
  for (let at = scan; at < start; at += PIECE - 1) if (hasEnd(await readUpTo(source, at, PIECE))) return true;
  return false;
}

function hasEnd(view: DataView): boolean {
  for (let i = view.byteLength - 2; i >= 0; i--) if (view.getUint8(i) === 0xff && view.getUint8(i + 1) === 0xd9) return true;
  return false;
}
