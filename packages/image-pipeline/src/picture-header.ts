import type { ImageKind } from './file-kind.ts';

/** What a header reader finds; `width` and `height` as they are stored. */
export type PictureHeader = {
  kind: ImageKind;
  width: number;
  height: number;
  /** 1 to 8, as EXIF counts them. */
  orientation: number;
  alpha: boolean;
  bits: number;
  channels: number;
  /**
   * TIFF: beside its colours it holds a channel that is no transparency (a spot colour, a selection), which decoders
   * take for one.
   */
  spareChannel?: boolean;
  frames: number;
  profileBytes: number;
  /**
   * Bytes that the decoder must hold at once; 0 where it goes row by row. Reckoned as measured: progressive JPEG 2.2
   * for each coefficient, interlaced PNG its pixels and 2 for each, lossless WebP 4.5 a pixel, AVIF 20 a pixel, TIFF
   * three rows of tiles.
   */
  heldBytes: number;
};
