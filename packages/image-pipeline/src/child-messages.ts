import type { ImageRefusalCode } from './image-refused.ts';
import type { Box, OutputSpec, RenderedFile } from './output-spec.ts';

/**
 * The signal that a child ends with when a task has taken all the time of a processor that it may: the kernel's own for
 * a clock that counts it.
 */
export const CPU_SPENT = 'SIGVTALRM';

/**
 * What a child is asked, one at a time. `pixels`: at most so many are decoded, whatever the file says. `spareChannel`:
 * see PictureHeader.
 */
export type ChildTask =
  | {
      kind: 'render';
      path: string;
      outputs: readonly OutputSpec[];
      directory: string;
      pixels: number;
      spareChannel: boolean;
    }
  | {
      kind: 'compose';
      basePath: string;
      overlayPath: string;
      spareChannels: [base: boolean, overlay: boolean];
      box: Box;
      tint?: string | undefined;
      output: OutputSpec;
      directory: string;
      pixels: number;
    };

export type ChildRendered = { thumbhash: string; files: RenderedFile[]; ms: { decode: number; encode: number } };

/**
 * What it says on the way. `begun` comes before a byte of the picture is looked at: a child that ends without it has
 * not ended of the picture.
 */
export type ChildWord = { kind: 'begun' } | { kind: 'step'; step: string };

/**
 * What it answers in the end. `refused`: the picture's fault, in words for people; `failed`: ours. `peakBytes` is the
 * most memory the child ever held, `restBytes` what it holds now.
 */
export type ChildAnswer = { peakBytes: number; restBytes: number } & (
  | { kind: 'done'; result: ChildRendered }
  | { kind: 'refused'; code: ImageRefusalCode; sentence: string; detail: string }
  | { kind: 'failed'; message: string }
);
