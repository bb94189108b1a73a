import type { Random } from '../seeded-random.ts';
import type { SeedPictures } from './seed-pictures.ts';

/** What a file is, or claims to be. */
export const FAMILIES = [
  'jpeg',
  'progressive-jpeg',
  'png',
  'interlaced-png',
  'apng',
  'webp',
  'avif',
  'tiff',
  'gif',
  'svg',
  'iso-bmff',
  'not-an-image',
] as const;
export type Family = (typeof FAMILIES)[number];

/** What was done to it. */
export type Mutation =
  | 'none'
  | 'large'
  | 'truncated'
  | 'bits-flipped'
  | 'size-lie'
  | 'absurd-length'
  | 'giant-metadata'
  | 'cmyk'
  | 'sixteen-bit'
  | 'polyglot'
  | 'wrong-checksum'
  | 'junk-after'
  | 'many-frames'
  | 'many-scans'
  | 'loop'
  | 'active-content'
  | 'disguise';

/** A file as a recipe makes it. */
export type Made = {
  bytes: Buffer;
  /** which of the recipe's variants it is */
  detail: string;
  /**
   * true: it must never become pixels. false: it is a good picture and must. undefined: either answer is a right one.
   */
  mustBeRefused: boolean | undefined;
  /** it may be stored unopened, as a PDF or a plain SVG is */
  mayBeKept?: true;
  /** what is wrong with it lies in coded pixels, checksums or tables, which nobody sees without decoding */
  hidden?: true;
  /** the name it comes under; by default one that fits its family */
  name?: string;
  /** of a good picture: its size as it is to be shown, in pixels */
  shown?: { width: number; height: number };
};

export type HostileFile = Made & { seed: number; number: number; family: Family; mutation: Mutation; name: string };

/** How files of one family with one mutation are made. `weight` is its share among the family's recipes. */
export type Recipe = { mutation: Mutation; weight: number; make: (random: Random, seeds: SeedPictures) => Made };

/**
 * Planted into metadata and payloads: where it turns up in an output, something was copied that should not have been.
 */
export const PLANTED = 'windlass-planted-secret';
