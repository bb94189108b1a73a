import { broken, type ByteSource, cutOff, readExactly, readUpTo, textAt } from './byte-source.ts';
import type { PictureHeader } from './picture-header.ts';
import { readExifOrientation } from './read-exif-orientation.ts';

const MOST_CHUNKS = 20_000;
/** Whoever allows more frames than this is told of so many; the rest are not counted. */
const FRAMES_COUNTED = 100;
const EXIF_MOST = 64 * 1024;
/** Of a chunk, what any of them says about the picture. */
const HEAD = 30;

type Found = {
  size?: { width: number; height: number };
  canvas?: { width: number; height: number };
  alpha: boolean;
  lossless: boolean;
  frames: number;
  pictures: number;
  profileBytes: number;
  exif?: { at: number; length: number };
};

/** Walks the RIFF chunks (RFC 9649); of the picture itself only its own header is read. */
export async function readWebpHeader(source: ByteSource): Promise<PictureHeader> {
  const riff = await readExactly(source, 0, 12);
  const end = riff.getUint32(4, true) + 8;
  if (end > source.size) throw cutOff();
  const found: Found = { alpha: false, lossless: false, frames: 0, pictures: 0, profileBytes: 0 };
  let at = 12;
  for (let chunks = 0; at + 8 <= end && found.frames < FRAMES_COUNTED; chunks++) {
    if (chunks > MOST_CHUNKS) throw broken();
    const head = await readUpTo(source, at, HEAD);
    const length = head.getUint32(4, true);
    if (at + 8 + length > end) throw cutOff();
    note(found, { name: textAt(head, 0, 4), length, head, at });
    at += 8 + length + (length % 2);
  }
  const { size, canvas, pictures, frames, alpha, lossless, profileBytes, exif } = found;
  const picture = canvas ?? size;
  if (!picture || (pictures === 0 && frames === 0) || pictures > 1) throw broken();
  // A canvas that lies about its picture would let a larger one in.
  if (canvas && size && frames === 0 && (canvas.width !== size.width || canvas.height !== size.height)) throw broken();
  const orientation = exif ? await orientationOf(source, exif) : 1;
  const heldBytes = lossless ? picture.width * picture.height * 4.5 : 0;
  return {
    kind: 'webp',
    ...picture,
    orientation,
    alpha,
    bits: 8,
    channels: alpha ? 4 : 3,
    frames: Math.max(1, frames),
    profileBytes,
    heldBytes,
  };
}

function note(
  found: Found,
  { name, length, head, at }: { name: string; length: number; head: DataView; at: number },
): void {
  switch (name) {
    case 'VP8X':
      if (length < 10) throw broken();
      found.canvas = { width: 1 + uint24(head, 12), height: 1 + uint24(head, 15) };
      found.alpha ||= (head.getUint8(8) & 0x10) !== 0;
      break;
    case 'VP8 ':
      if (length < 10 || textAt(head, 11, 3) !== '\x9d\x01\x2a') throw broken();
      found.size ??= { width: head.getUint16(14, true) & 0x3fff, height: head.getUint16(16, true) & 0x3fff };
      found.pictures += 1;
      break;
    case 'VP8L': {
      if (length < 5 || head.getUint8(8) !== 0x2f) throw broken();
      const packed = head.getUint32(9, true);
      found.size ??= { width: 1 + (packed & 0x3fff), height: 1 + ((packed >>> 14) & 0x3fff) };
      found.alpha ||= ((packed >>> 28) & 1) === 1;
      found.lossless = true;
      found.pictures += 1;
      break;
    }
    case 'ANMF':
      found.frames += 1;
      break;
    case 'ALPH':
      found.alpha = true;
      break;
    case 'EXIF':
      found.exif = { at: at + 8, length };
      found.profileBytes += length;
      break;
    case 'XMP ':
    case 'ICCP':
      found.profileBytes += length;
      break;
    default: // unknown chunks may stand anywhere
  }
}

async function orientationOf(source: ByteSource, { at, length }: { at: number; length: number }): Promise<number> {
  const body = await readUpTo(source, at, Math.min(length, EXIF_MOST));
  const skip = textAt(body, 0, 6) === 'Exif\0\0' ? 6 : 0;
  return readExifOrientation(new DataView(body.buffer, body.byteOffset + skip, body.byteLength - skip));
}

const uint24 = (view: DataView, at: number): number => {
  if (at + 3 > view.byteLength) throw cutOff();
  return view.getUint8(at) | (view.getUint8(at + 1) << 8) | (view.getUint8(at + 2) << 16);
};
