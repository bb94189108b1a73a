import { textAt } from './byte-source.ts';

const ORIENTATION = 0x0112;
const MOST_ENTRIES = 500;

/**
 * The orientation in a TIFF structure as EXIF holds it; 1 where there is none or it cannot be read: then the picture is
 * shown as it is stored.
 */
export function readExifOrientation(exif: DataView): number {
  const order = textAt(exif, 0, 2);
  if ((order !== 'II' && order !== 'MM') || exif.byteLength < 14) return 1;
  const little = order === 'II';
  const start = exif.getUint32(4, little);
  if (start + 2 > exif.byteLength) return 1;
  const count = Math.min(exif.getUint16(start, little), MOST_ENTRIES);
  for (let i = 0; i < count; i++) {
    const at = start + 2 + i * 12;
    if (at + 12 > exif.byteLength) return 1;
    if (exif.getUint16(at, little) !== ORIENTATION) continue;
    const value = exif.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}
