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
  frames: number;
  profileBytes: number;
  heldWhole: boolean;
};
