import { createChildPool } from './child-pool.ts';
import type { ImageLimits } from './image-limits.ts';
import { type Inspection, inspectImage } from './inspect-image.ts';
import { createMegapixelBudget } from './megapixel-budget.ts';
import { openFileSource } from './open-file-source.ts';
import type { Box, OutputSpec, RenderedFile, RenderResult } from './output-spec.ts';
import { publishFiles } from './publish-files.ts';

export type { Box, OutputSpec, RenderedFile, RenderResult } from './output-spec.ts';

export type ImagePipelineOptions = {
  /** Pictures of so many megapixels altogether are worked on at once. Default 100. */
  megapixelsInFlight?: number;
  /** Processes that decode. Default 2. */
  children?: number;
  /** What one of them may need. Default 400. */
  memoryMegabytes?: number;
  /** Work on one picture: the time of a processor, which a busy machine makes no longer. Default 10 s. */
  cpuMs?: number;
  /** On the clock, however busy the machine is: then it is no fault of the picture. Default 60 s. */
  timeoutMs?: number;
  /**
   * What is refused before it is decoded. The defaults fit 400 MB a child: with less memory, allow fewer bytes held
   * whole.
   */
  limits?: ImageLimits;
  log?: (line: string) => void;
};

type Wish = { directory: string; signal?: AbortSignal };

export type ImagePipeline = {
  /**
   * Makes pictures of an untrusted file: inspected here, decoded once in a child, written into `directory`, all of them
   * or none. `onStep` hears `inspected`, `decoded`, and the name of each output as it is written. Throws ImageRefused
   * for the picture's faults, the signal's reason, and another Error for ours (MachineBusy, a full disk, a closed
   * pipeline): those may be tried again.
   */
  render: (
    input: Wish & { path: string; outputs: readonly OutputSpec[]; onStep?: (step: string) => void },
  ) => Promise<RenderResult>;
  /**
   * Lays one untrusted picture onto another: fitted into a box, fractions of the base, which stands on white and may be
   * dyed: `tint`, #rrggbb. The output is never larger than the base.
   */
  compose: (
    input: Wish & { basePath: string; overlayPath: string; box: Box; tint?: string | undefined; output: OutputSpec },
  ) => Promise<RenderedFile>;
  stats: () => {
    children: number;
    inFlightMegapixels: number;
    waiting: number;
    childPeakBytes: number;
    childrenKilled: number;
  };
  /** Ends the children. What they were at, and what waits, throws an Error: it is not the pictures' fault. */
  close: () => Promise<void>;
};

/** Untrusted pictures in, small ones out. No byte of them is decoded in this process. */
export function createImagePipeline(options: ImagePipelineOptions = {}): ImagePipeline {
  const { megapixelsInFlight = 100, children = 2, memoryMegabytes = 400, limits, log = () => {} } = options;
  const { cpuMs = 10_000, timeoutMs = 60_000 } = options;
  const budget = createMegapixelBudget(megapixelsInFlight);
  const pool = createChildPool({ children, memoryMegabytes, cpuMs, timeoutMs, log });

  return {
    async render({ path, outputs, directory, signal, onStep }) {
      const inspection = await inspectFile(path, limits);
      onStep?.('inspected');
      const { width, height, kind, pixels, spareChannel = false } = inspection;
      const asked = performance.now();
      const leave = await budget.enter(pixels / 1e6, signal);
      const wait = performance.now() - asked;
      try {
        const task = { kind: 'render', path, outputs, directory, pixels, spareChannel } as const;
        const { thumbhash, files, ms } = await publishFiles({ outputs, directory }, () =>
          pool.run(task, { signal, onStep }),
        );
        return {
          width,
          height,
          kind,
          thumbhash,
          files,
          megapixels: pixels / 1e6,
          childPeakBytes: pool.stats().childPeakBytes,
          ms: { wait, ...ms },
        };
      } finally {
        leave();
      }
    },
    async compose({ basePath, overlayPath, box, tint, output, directory, signal }) {
      checkBox(box);
      const [base, overlay] = await Promise.all([inspectFile(basePath, limits), inspectFile(overlayPath, limits)]);
      const leave = await budget.enter((base.pixels + overlay.pixels) / 1e6, signal);
      try {
        const spareChannels: [boolean, boolean] = [base.spareChannel ?? false, overlay.spareChannel ?? false];
        const task = {
          kind: 'compose',
          basePath,
          overlayPath,
          spareChannels,
          box,
          tint,
          output,
          directory,
          pixels: Math.max(base.pixels, overlay.pixels),
        } as const;
        const { files } = await publishFiles({ outputs: [output], directory }, () => pool.run(task, { signal }));
        return files[0]!;
      } finally {
        leave();
      }
    },
    stats: () => ({ ...pool.stats(), inFlightMegapixels: budget.inFlight(), waiting: budget.waiting() }),
    close: () => pool.close(),
  };
}

async function inspectFile(path: string, limits?: ImageLimits): Promise<Inspection> {
  const source = await openFileSource(path);
  try {
    return await inspectImage(source, limits);
  } finally {
    await source.close();
  }
}

/** A box beyond the base is the caller's mistake, and no picture is to be blamed for it. */
function checkBox({ left, top, width, height }: Box): void {
  const within =
    [left, top, width, height].every((value) => value >= 0 && value <= 1) &&
    left + width <= 1.000001 &&
    top + height <= 1.000001;
  if (!within) throw new RangeError('a box is given in fractions of the base picture, from 0 to 1, and lies within it');
}
