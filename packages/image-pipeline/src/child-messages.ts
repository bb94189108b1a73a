import type { ImageRefusalCode } from './image-refused.ts';
import type { Box, OutputSpec, RenderedFile } from './output-spec.ts';

/** How a child ends that needed more memory than it may have. */
export const EXIT_TOO_MUCH_MEMORY = 77;

/** What a child is asked, one at a time. `pixels`: at most so many are decoded, whatever the file says. */
export type ChildTask =
  | { kind: 'render'; path: string; outputs: readonly OutputSpec[]; directory: string; pixels: number }
  | { kind: 'compose'; basePath: string; overlayPath: string; box: Box; output: OutputSpec; directory: string; pixels: number };

export type ChildRendered = { thumbhash: string; files: RenderedFile[]; ms: { decode: number; encode: number } };

/** What it answers. `refused`: the picture's fault, in words for people; `failed`: ours. `peakBytes` is the most memory the child ever held. */
export type ChildAnswer = { peakBytes: number } & (
  | { kind: 'done'; result: ChildRendered }
  | { kind: 'refused'; code: ImageRefusalCode; sentence: string; detail: string }
  | { kind: 'failed'; message: string }
);
