export type ImageLimits = {
  /** Of a picture that is decoded row by row. */
  pixels: number;
  /** Of one that must be held whole while it is decoded: progressive JPEG, interlaced PNG, WebP, AVIF, tiled TIFF. */
  pixelsHeldWhole: number;
  /** The longer side. */
  side: number;
  /** Pages, frames of an animation, pictures of a sequence. */
  frames: number;
  /** Colour profile, EXIF, XMP and texts together. */
  profileBytes: number;
};

/** Measured so that a child stays below 400 MB; see README.md. */
export const defaultLimits: ImageLimits = { pixels: 100_000_000, pixelsHeldWhole: 50_000_000, side: 65_500, frames: 1, profileBytes: 4 * 1024 * 1024 };
