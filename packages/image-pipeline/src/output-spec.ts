import type { ImageKind } from './file-kind.ts';

export type PictureFormat = 'webp' | 'avif' | 'jpeg';

/** One picture to be made: `within` is its longest side in pixels; nothing is ever enlarged. */
export type OutputSpec = {
  name: string;
  within: number;
  formats: readonly PictureFormat[];
  quality?: number;
  /** 0 to 6 for WebP, 0 to 9 for AVIF: more costs more CPU for fewer bytes. */ effort?: number;
};

/** One file that was made. */
export type RenderedFile = {
  name: string;
  format: PictureFormat;
  width: number;
  height: number;
  bytes: number;
  sha256: string;
  path: string;
};

/** `width` and `height` are the picture's own, upright; `thumbhash` is base64; `ms` tells where the time went. */
export type RenderResult = {
  width: number;
  height: number;
  thumbhash: string;
  files: RenderedFile[];
  kind: ImageKind;
  megapixels: number;
  childPeakBytes: number;
  ms: { wait: number; decode: number; encode: number };
};

/** Where an overlay goes: fractions of the base picture's width and height. */
export type Box = { left: number; top: number; width: number; height: number };
