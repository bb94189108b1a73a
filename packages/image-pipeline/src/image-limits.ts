export type ImageLimits = {
  /** Of any picture. */
  pixels: number;
  /**
   * What a decoder may have to hold at once of a picture that cannot be decoded row by row, as PictureHeader.heldBytes
   * reckons it.
   */
  bytesHeldWhole: number;
  /** The longer side. */
  side: number;
  /** Pages, frames of an animation, pictures of a sequence. */
  frames: number;
  /** Colour profile, EXIF, XMP and texts together. */
  profileBytes: number;
};

/**
 * Measured so that a child stays below 400 MB: about 90 before it sees a picture, 40 for what it makes, the rest for
 * what it must hold.
 */
export const defaultLimits: ImageLimits = {
  pixels: 100_000_000,
  bytesHeldWhole: 250_000_000,
  side: 65_500,
  frames: 1,
  profileBytes: 4 * 1024 * 1024,
};
