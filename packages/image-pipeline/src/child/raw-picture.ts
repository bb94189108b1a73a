import sharp, { type Sharp } from 'sharp';

/** Decoded pixels in sRGB, 8 bits a channel, 3 channels or 4 with alpha. */
export type RawPicture = { data: Buffer; info: { width: number; height: number; channels: 1 | 2 | 3 | 4 } };

/**
 * The pixels of a pipeline, its colours converted. Whatever else the file said of itself (place, camera, profile) ends
 * here.
 */
export async function takePixels(pipeline: Sharp): Promise<RawPicture> {
  const { data, info } = await pipeline
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { data, info: { width: info.width, height: info.height, channels: info.channels as 3 | 4 } };
}

/** A pipeline over pixels that are there already: nothing is decoded. */
export const fromPixels = ({ data, info }: RawPicture): Sharp => sharp(data, { raw: info });

/** The same picture within a square of `side`, from its pixels; itself where it is not larger. */
export async function shrink(picture: RawPicture, side: number): Promise<RawPicture> {
  if (Math.max(picture.info.width, picture.info.height) <= side) return picture;
  return takePixels(fromPixels(picture).resize({ width: side, height: side, fit: 'inside' }));
}
