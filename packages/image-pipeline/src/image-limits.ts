export type ImageLimits = {
  /** Of a picture that is decoded row by row. */
  pixels: number;
  /** Of one that must be held whole while it is decoded (progressive JPEG, interlaced PNG, WebP, tiled TIFF): bytes of its pixels as the decoder holds them. */
  bytesHeldWhole: number;
  /** Of an AVIF, whose decoder needs about 24 bytes a pixel. */
  pixelsOfAvif: number;
  /** The longer side. */
  side: number;
  /** Pages, frames of an animation, pictures of a sequence. */
  frames: number;
  /** Colour profile, EXIF, XMP and texts together. */
  profileBytes: number;
};

/** Measured so that a child stays below 400 MB; see README.md. */
export const defaultLimits: ImageLimits = { pixels: 100_000_000, bytesHeldWhole: 250_000_000, pixelsOfAvif: 12_500_000, side: 65_500, frames: 1, profileBytes: 4 * 1024 * 1024 };
