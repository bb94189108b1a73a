import { broken, type ByteSource, cutOff, readExactly, textAt } from './byte-source.ts';
import { ImageRefused } from './image-refused.ts';
import type { PictureHeader } from './picture-header.ts';
import { gridSize, readItems } from './read-heif-items.ts';

const META_MOST = 512 * 1024;
const MOST_BOXES = 2_000;
const DEPTH = 6;

/** What may stand beside the picture's facts; anything else after them is no part of the picture. */
const BOXES = new Set([
  'ftyp',
  'meta',
  'mdat',
  'moov',
  'moof',
  'free',
  'skip',
  'wide',
  'uuid',
  'styp',
  'sidx',
  'mfra',
  'pdin',
  'idat',
]);

export type Box = { name: string; start: number; end: number };

/**
 * Walks the boxes of the HEIF container (ISO/IEC 23008-12) to the sizes its pictures claim: the largest is believed.
 */
export async function readAvifHeader(source: ByteSource): Promise<PictureHeader> {
  const meta = await findMeta(source);
  const view = await readExactly(source, meta.start, meta.end - meta.start);
  const found: Found = { width: 0, height: 0, irot: 0, alpha: false, bits: 8, profileBytes: 0, boxes: 0 };
  // `meta` is a full box: version and flags come before its children.
  walk(view, { start: 4, end: view.byteLength, depth: 0 }, found);
  for (const item of readItems(view, source.size)) {
    // A canvas of any size that other pictures are laid onto.
    if (item.type === 'iovl')
      throw new ImageRefused('UNSUPPORTED_FORMAT', 'Pictures laid over each other in one AVIF are not worked on.');
    if (item.type !== 'grid') continue;
    const grid = await gridSize(source, view, item);
    if (grid.width * grid.height > found.width * found.height) Object.assign(found, grid);
  }
  if (found.width === 0 || found.height === 0) throw broken();
  const { width, height, alpha, bits, profileBytes } = found;
  const orientation = [1, 8, 3, 6][found.irot]!;
  return {
    kind: 'avif',
    width,
    height,
    orientation,
    alpha,
    bits,
    channels: alpha ? 4 : 3,
    frames: 1,
    profileBytes,
    heldBytes: width * height * 20,
  };
}

/** The box with the picture's facts. Those after it (the pixels) must lie within the file too. */
async function findMeta(source: ByteSource): Promise<Box> {
  const sequence = () =>
    new ImageRefused('TOO_MANY_FRAMES', 'This file holds a sequence of pictures; one picture is worked on.');
  let meta: Box | undefined;
  let at = 0;
  for (let boxes = 0; at + 8 <= source.size; boxes++) {
    if (boxes > 100) throw broken();
    const head = await readExactly(source, at, Math.min(16, source.size - at));
    const name = textAt(head, 4, 4);
    if (meta && !BOXES.has(name)) break; // junk at the end
    const { length, header } = lengthOf(head, source.size - at);
    if (length < header || at + length > source.size) throw cutOff();
    if (name === 'moov' || (name === 'ftyp' && textAt(head, 8, 4) === 'avis')) throw sequence();
    if (name === 'meta') {
      if (meta) throw broken();
      meta = { name, start: at + header, end: at + length };
    }
    at += length;
  }
  if (!meta || meta.end - meta.start < 12) throw broken();
  if (meta.end - meta.start > META_MOST)
    throw new ImageRefused('PROFILE_TOO_LARGE', 'This picture carries more data about itself than is worked on.');
  return meta;
}

function lengthOf(head: DataView, left: number): { length: number; header: number } {
  const length = head.getUint32(0);
  if (length === 0) return { length: left, header: 8 };
  if (length !== 1) return { length, header: 8 };
  if (head.byteLength < 16) throw cutOff();
  const large = head.getBigUint64(8);
  if (large > BigInt(left)) throw cutOff();
  return { length: Number(large), header: 16 };
}

type Found = {
  width: number;
  height: number;
  irot: number;
  alpha: boolean;
  bits: number;
  profileBytes: number;
  boxes: number;
};
const CONTAINERS = new Set(['iprp', 'ipco']);

function walk(view: DataView, range: { start: number; end: number; depth: number }, found: Found): void {
  for (let at = range.start; at + 8 <= range.end;) {
    if (++found.boxes > MOST_BOXES || range.depth > DEPTH) throw broken();
    const length = view.getUint32(at);
    if (length < 8 || at + length > range.end) throw broken();
    const name = textAt(view, at + 4, 4);
    const body = at + 8;
    if (CONTAINERS.has(name)) walk(view, { start: body, end: at + length, depth: range.depth + 1 }, found);
    else if (name === 'ispe' && length >= 20) {
      const [width, height] = [view.getUint32(body + 4), view.getUint32(body + 8)];
      if (width * height > found.width * found.height) Object.assign(found, { width, height });
    } else if (name === 'irot' && length >= 9) found.irot = view.getUint8(body) & 3;
    else if (name === 'colr') found.profileBytes += length;
    else if (name === 'pixi' && length >= 14) found.bits = Math.max(found.bits, view.getUint8(body + 5));
    else if (name === 'auxC' && /alpha/.test(textAt(view, body + 4, Math.min(length - 12, 60)))) found.alpha = true;
    at += length;
  }
}
