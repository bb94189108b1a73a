import sharp, { type Sharp } from 'sharp';

/** The only loaders that ever see a file, by libvips’ own names. */
const ALLOWED = [
  'VipsForeignLoadJpegFile',
  'VipsForeignLoadPngFile',
  'VipsForeignLoadWebpFile',
  'VipsForeignLoadHeifFile',
  'VipsForeignLoadTiffFile',
];

/** Shuts every other loader, keeps nothing between pictures, and leaves the cores to the other children. */
export function guardSharp(): void {
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: ALLOWED });
  sharp.cache(false);
  sharp.concurrency(1);
}

/** A picture from a file, upright. Damage of any kind is an error: half a picture is none. */
export const openPicture = (path: string, pixels: number): Sharp =>
  sharp(path, { limitInputPixels: pixels, failOn: 'error', sequentialRead: true, autoOrient: true, pages: 1 });
