import { broken, type ByteSource, cutOff, readExactly, textAt } from './byte-source.ts';

export type HeifItem = {
  id: number;
  type: string;
  /** Where its first bytes are: in the file, or in the `idat` of the meta box. */ place?: {
    inMeta: boolean;
    at: number;
    length: number;
  };
};

const MOST_ITEMS = 1_000;

/**
 * The items of a HEIF container with their types (`iinf`) and places (`iloc`), ISO/IEC 14496-12, 8.11. Every extent
 * must lie within the file. `meta` is the content of the meta box.
 */
export function readItems(meta: DataView, fileSize: number): HeifItem[] {
  const items = new Map<number, HeifItem>();
  for (const { name, start, end } of boxesOf(meta, 4, meta.byteLength)) {
    if (name === 'iinf') readTypes(meta, { start, end }, items);
    if (name === 'iloc') readPlaces(meta, { start, end, fileSize }, items);
  }
  return [...items.values()];
}

/** What a grid of tiles comes to: its own size, which no other box need agree with. */
export async function gridSize(
  source: ByteSource,
  meta: DataView,
  { place }: HeifItem,
): Promise<{ width: number; height: number }> {
  if (!place || place.length < 8) throw broken();
  const bytes = Math.min(place.length, 12);
  const idat = place.inMeta ? boxesOf(meta, 4, meta.byteLength).find(({ name }) => name === 'idat') : undefined;
  if (place.inMeta && (!idat || idat.start + place.at + bytes > idat.end)) throw broken();
  const view = idat
    ? new DataView(meta.buffer, meta.byteOffset + idat.start + place.at, bytes)
    : await readExactly(source, place.at, bytes);
  const wide = (view.getUint8(1) & 1) === 1;
  if (wide && bytes < 12) throw broken();
  return wide
    ? { width: view.getUint32(4), height: view.getUint32(8) }
    : { width: view.getUint16(4), height: view.getUint16(6) };
}

type Range = { start: number; end: number };

/** The boxes directly within a range, by their contents. */
function boxesOf(view: DataView, start: number, end: number): (Range & { name: string })[] {
  const boxes: (Range & { name: string })[] = [];
  for (let at = start; at + 8 <= end;) {
    const length = view.getUint32(at);
    if (length < 8 || at + length > end || boxes.length > MOST_ITEMS) throw broken();
    boxes.push({ name: textAt(view, at + 4, 4), start: at + 8, end: at + length });
    at += length;
  }
  return boxes;
}

function readTypes(view: DataView, { start, end }: Range, items: Map<number, HeifItem>): void {
  if (end - start < 6) throw broken();
  const first = start + 4 + (view.getUint8(start) === 0 ? 2 : 4);
  for (const box of boxesOf(view, first, end)) {
    const version = view.getUint8(box.start);
    if (box.name !== 'infe' || version < 2 || box.end - box.start < 12) continue;
    const id = version === 2 ? view.getUint16(box.start + 4) : view.getUint32(box.start + 4);
    const type = textAt(view, box.start + (version === 2 ? 8 : 10), 4);
    items.set(id, { ...items.get(id), id, type });
  }
}

function readPlaces(
  view: DataView,
  { start, end, fileSize }: Range & { fileSize: number },
  items: Map<number, HeifItem>,
): void {
  let at = start;
  const take = (bytes: number): number => {
    if (at + bytes > end) throw broken();
    const value =
      bytes === 0
        ? 0
        : bytes === 2
          ? view.getUint16(at)
          : bytes === 4
            ? view.getUint32(at)
            : Number(view.getBigUint64(at));
    at += bytes;
    return value;
  };
  const version = take(4) >>> 24;
  const sizes = take(2);
  const [offsetBytes, lengthBytes, baseBytes, indexBytes] = [
    sizes >> 12,
    (sizes >> 8) & 15,
    (sizes >> 4) & 15,
    version === 0 ? 0 : sizes & 15,
  ];
  if ([offsetBytes, lengthBytes, baseBytes, indexBytes].some((bytes) => bytes !== 0 && bytes !== 4 && bytes !== 8))
    throw broken();
  const count = take(version < 2 ? 2 : 4);
  if (count > MOST_ITEMS) throw broken();
  for (let i = 0; i < count; i++) {
    const id = take(version < 2 ? 2 : 4);
    const method = version === 0 ? 0 : take(2) & 15;
    take(2); // the file's own data
    const base = take(baseBytes);
    const extents = take(2);
    if (extents > MOST_ITEMS) throw broken();
    for (let extent = 0; extent < extents; extent++) {
      take(indexBytes);
      const place = { inMeta: method === 1, at: base + take(offsetBytes), length: take(lengthBytes) };
      if (method === 0 && place.at + place.length > fileSize) throw cutOff();
      const item = items.get(id) ?? { id, type: '' };
      if (!item.place) items.set(id, { ...item, place });
    }
  }
}
