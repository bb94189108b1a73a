import { broken, type ByteSource, cutOff, readExactly, readUpTo, textAt } from './byte-source.ts';
import { ImageRefused } from './image-refused.ts';
import type { PictureHeader } from './picture-header.ts';
import { readExifOrientation } from './read-exif-orientation.ts';

/** More segments than this before the picture begins is no camera's work. */
const MOST_SEGMENTS = 400;
const TAIL = 64 * 1024;
const PIECE = 256 * 1024;
const EXIF_MOST = 64 * 1024;
/** Where no end is found so far into the pixels, the decoder will see. */
const SCAN_MOST = 32 * 1024 * 1024;

type Frame = {
  bits: number;
  height: number;
  width: number;
  channels: number;
  progressive: boolean;
  coefficients: number;
};

/**
 * Walks the segments to the first scan (ITU T.81, annex B) and looks for the end mark in the last 64 kB; pixels are not
 * read.
 */
export async function readJpegHeader(source: ByteSource): Promise<PictureHeader> {
  let frame: Frame | undefined;
  let channelsOfScan = 0;
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
    if (marker === 0xd8 || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) {
      at += 2;
      continue;
    }
    if (marker === 0xd9) throw cutOff();
    const length = head.getUint16(2);
    if (length < 2 || at + 2 + length > source.size) throw cutOff();
    if (marker === 0xda) {
      channelsOfScan = (await readExactly(source, at + 4, 1)).getUint8(0);
      break;
    }
    if (isFrame(marker)) {
      if (frame) throw broken();
      frame = await readFrame(source, { marker, at: at + 4, length: length - 2 });
    }
    if ((marker >= 0xe1 && marker <= 0xef) || marker === 0xfe) profileBytes += length;
    if (marker === 0xe1 && length > 14) {
      const body = await readUpTo(source, at + 4, Math.min(length - 2, EXIF_MOST));
      if (textAt(body, 0, 6) === 'Exif\0\0')
        orientation = readExifOrientation(new DataView(body.buffer, body.byteOffset + 6, body.byteLength - 6));
    }
    at += 2 + length;
  }
  if (!frame) throw broken();
  if (!(await endsProperly(source, at))) throw cutOff();
  const { width, height, bits, channels, progressive, coefficients } = frame;
  // A first scan without all the channels is followed by others: as with a progressive one, all coefficients are kept
  // till the last.
  const heldBytes = progressive || channelsOfScan < channels ? width * height * coefficients * 2.2 : 0;
  return { kind: 'jpeg', width, height, orientation, alpha: false, bits, channels, frames: 1, profileBytes, heldBytes };
}

/** SOF0 to SOF15, without the three of that range that are something else. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
/**
 * Baseline, extended and progressive, the latter two also with arithmetic coding. Lossless and hierarchical ones are of
 * hospitals.
 */
const WORKED_ON = new Set([0xc0, 0xc1, 0xc2, 0xc9, 0xca]);

async function readFrame(
  source: ByteSource,
  { marker, at, length }: { marker: number; at: number; length: number },
): Promise<Frame> {
  if (!WORKED_ON.has(marker))
    throw new ImageRefused('UNSUPPORTED_FORMAT', 'This is a rare kind of JPEG that is not worked on.');
  const body = await readExactly(source, at, length);
  const channels = length < 6 ? 0 : body.getUint8(5);
  if (channels < 1 || channels > 4 || length < 6 + channels * 3) throw broken();
  const samplings = Array.from({ length: channels }, (_, i) => body.getUint8(7 + i * 3)).map((both) => ({
    across: both >> 4,
    down: both & 15,
  }));
  if (samplings.some(({ across, down }) => across < 1 || across > 4 || down < 1 || down > 4)) throw broken();
  const [across, down] = [
    Math.max(...samplings.map((sampling) => sampling.across)),
    Math.max(...samplings.map((sampling) => sampling.down)),
  ];
  // For each pixel: 3 with colours as fine as the light, 1.5 with a quarter of them.
  const coefficients = samplings.reduce(
    (sum, sampling) => sum + (sampling.across * sampling.down) / (across * down),
    0,
  );
  return {
    bits: body.getUint8(0),
    height: body.getUint16(1),
    width: body.getUint16(3),
    channels,
    progressive: (marker & 3) === 2,
    coefficients,
  };
}

/**
 * Is there an end mark? Within the compressed pixels it cannot stand. Mostly it is the last thing; cameras and
 * telephones append things of their own, a film even: then it is looked for from the front.
 */
async function endsProperly(source: ByteSource, scan: number): Promise<boolean> {
  const start = Math.max(scan, source.size - TAIL);
  if (hasEnd(await readUpTo(source, start, source.size - start))) return true;
  for (let at = scan; at < start; at += PIECE - 1) {
    if (at - scan >= SCAN_MOST || hasEnd(await readUpTo(source, at, PIECE))) return true;
  }
  return false;
}

function hasEnd(view: DataView): boolean {
  for (let i = view.byteLength - 2; i >= 0; i--)
    if (view.getUint8(i) === 0xff && view.getUint8(i + 1) === 0xd9) return true;
  return false;
}
