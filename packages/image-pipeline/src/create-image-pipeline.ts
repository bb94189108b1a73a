import { rm } from 'node:fs/promises';
import path from 'node:path';
import { createChildPool } from './child-pool.ts';
import { type Inspection, inspectImage } from './inspect-image.ts';
import { createMegapixelBudget } from './megapixel-budget.ts';
import { openFileSource } from './open-file-source.ts';
import type { Box, OutputSpec, RenderedFile, RenderResult } from './output-spec.ts';

export type { Box, OutputSpec, RenderedFile, RenderResult } from './output-spec.ts';

export type ImagePipelineOptions = {
  /** Pictures of so many megapixels altogether are worked on at once. Default 100. */
  megapixelsInFlight?: number;
  /** Processes that decode. Default 2. */
  children?: number;
  /** What one of them may need. Default 400. */
  memoryMegabytes?: number;
  /** What one picture may take. Default 10 s. */
  timeoutMs?: number;
  log?: (line: string) => void;
};

export type ImagePipeline = {
  /** Makes pictures of an untrusted file: inspected here, decoded once in a child, written into `directory`. Throws ImageRefused for the picture's faults. */
  render: (input: { path: string; outputs: readonly OutputSpec[]; directory: string; signal?: AbortSignal }) => Promise<RenderResult>;
  /** Lays one untrusted picture onto another: fitted into a box, fractions of the base. The output is never larger than the base. */
  compose: (input: { basePath: string; overlayPath: string; box: Box; output: OutputSpec; directory: string; signal?: AbortSignal }) => Promise<RenderedFile>;
  stats: () => { children: number; inFlightMegapixels: number; waiting: number; childPeakBytes: number; childrenKilled: number };
  /** Ends the children; what they were at is refused. */
  close: () => Promise<void>;
};

/** Untrusted pictures in, small ones out. No byte of them is decoded in this process. */
export function createImagePipeline(options: ImagePipelineOptions = {}): ImagePipeline {
  const { megapixelsInFlight = 100, children = 2, memoryMegabytes = 400, timeoutMs = 10_000, log = () => {} } = options;
  const budget = createMegapixelBudget(megapixelsInFlight);
  const pool = createChildPool({ children, memoryMegabytes, timeoutMs, log });

  return {
    async render({ path: file, outputs, directory, signal }) {
      const inspection = await inspectFile(file);
      const asked = performance.now();
      const leave = await budget.enter(inspection.pixels / 1e6, signal);
      const wait = performance.now() - asked;
      try {
        const { thumbhash, files, ms } = await runClean({ outputs, directory }, () => pool.run({ kind: 'render', path: file, outputs, directory, pixels: inspection.pixels }, signal));
        const { width, height, kind, pixels } = inspection;
        return { width, height, kind, thumbhash, files, megapixels: pixels / 1e6, childPeakBytes: pool.stats().childPeakBytes, ms: { wait, ...ms } };
      } finally {
        leave();
      }
    },
    async compose({ basePath, overlayPath, signal, ...rest }) {
      const [base, overlay] = await Promise.all([inspectFile(basePath), inspectFile(overlayPath)]);
      const leave = await budget.enter((base.pixels + overlay.pixels) / 1e6, signal);
      try {
        const pixels = Math.max(base.pixels, overlay.pixels);
        const { files } = await runClean({ outputs: [rest.output], directory: rest.directory }, () => pool.run({ kind: 'compose', basePath, overlayPath, pixels, ...rest }, signal));
        return files[0]!;
      } finally {
        leave();
      }
    },
    stats: () => ({ ...pool.stats(), inFlightMegapixels: budget.inFlight(), waiting: budget.waiting() }),
    close: () => pool.close(),
  };
}

async function inspectFile(path: string): Promise<Inspection> {
  const source = await openFileSource(path);
  try {
    return await inspectImage(source);
  } finally {
    await source.close();
  }
}

/** Of work that fails nothing stays behind: a child that is killed has no time to clear up. */
async function runClean<Result>({ outputs, directory }: { outputs: readonly OutputSpec[]; directory: string }, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const files = outputs.flatMap(({ name, formats }) => formats.map((format) => path.join(directory, `${name}.${format}`)));
    await Promise.all(files.flatMap((file) => [rm(file, { force: true }), rm(`${file}.part`, { force: true })]));
    throw error;
  }
}
