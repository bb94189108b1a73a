import { broken, type ByteSource, cutOff, readExactly, readUpTo, textAt } from './byte-source.ts';
import type { PictureHeader } from './picture-header.ts';
import { readExifOrientation } from './read-exif-orientation.ts';

const MOST_CHUNKS = 20_000;
const EXIF_MOST = 64 * 1024;

/** Walks the RIFF chunks (RFC 9649); of the picture itself only its own header is read. */
export async function readWebpHeader(source: ByteSource): Promise<PictureHeader> {
  const riff = await readExactly(source, 0, 12);
  const end = riff.getUint32(4, true) + 8;
  if (end > source.size) throw cutOff();
  let size: { width: number; height: number } | undefined;
  let canvas: { width: number; height: number } | undefined;
  let alpha = false;
  let frames = 0;
  let pictures = 0;
  let orientation = 1;
  let profileBytes = 0;
  let at = 12;
  for (let chunks = 0; at + 8 <= end; chunks++) {
    if (chunks > MOST_CHUNKS) throw broken();
    const head = await readUpTo(source, at, 30);
    const name = textAt(head, 0, 4);
    const length = head.getUint32(4, true);
    if (at + 8 + length > end) throw cutOff();
    if (name === 'VP8X' && length >= 10) {
      canvas = { width: 1 + uint24(head, 12), height: 1 + uint24(head, 15) };
      alpha ||= (head.getUint8(8) & 0x10) !== 0;
    } else if (name === 'VP8 ' && length >= 10) {
      if (textAt(head, 11, 3) !== '\x9d\x01\x2a') throw broken();
      size ??= { width: head.getUint16(14, true) & 0x3fff, height: head.getUint16(16, true) & 0x3fff };
      pictures += 1;
    } else if (name === 'VP8L' && length >= 5) {
      if (head.getUint8(8) !== 0x2f) throw broken();
      const packed = head.getUint32(9, true);
      size ??= { width: 1 + (packed & 0x3fff), height: 1 + ((packed >>> 14) & 0x3fff) };
      alpha ||= ((packed >>> 28) & 1) === 1;
      pictures += 1;
    } else if (name === 'ANMF') frames += 1;
    else if (name === 'ALPH') alpha = true;
    else if (name === 'EXIF' || name === 'XMP ' || name === 'ICCP') profileBytes += length;
    if (name === 'EXIF' && length < EXIF_MOST) {
      const body = await readExactly(source, at + 8, length);
      const skip = textAt(body, 0, 6) === 'Exif\0\0' ? 6 : 0;
      orientation = readExifOrientation(new DataView(body.buffer, body.byteOffset + skip, body.byteLength - skip));
    }
    at += 8 + length + (length % 2);
  }
  const picture = canvas ?? size;
  if (!picture || (pictures === 0 && frames === 0) || pictures > 1) throw broken();
  // A canvas that lies about its picture would let a larger one in.
  if (canvas && size && frames === 0 && (canvas.width !== size.width || canvas.height !== size.height)) throw broken();
  return { kind: 'webp', ...picture, orientation, alpha, bits: 8, channels: alpha ? 4 : 3, frames: Math.max(1, frames), profileBytes, heldWhole: true };
}

const uint24 = (view: DataView, at: number): number => {
  if (at + 3 > view.byteLength) throw cutOff();
  return view.getUint8(at) | (view.getUint8(at + 1) << 8) | (view.getUint8(at + 2) << 16);
};
