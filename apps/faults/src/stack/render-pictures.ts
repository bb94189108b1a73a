// A program of its own, as a worker is one: gives files to the image pipeline, and says of each what became of it. What
// it answers and how much memory it takes are its own; the files come from whoever forked it.
import { createImagePipeline, type ImagePipeline } from '@windlass/image-pipeline/create-image-pipeline';
import { isImageKind, isKeptKind } from '@windlass/image-pipeline/file-kind';
import { ImageRefused } from '@windlass/image-pipeline/image-refused';
import { inspectImage } from '@windlass/image-pipeline/inspect-image';
import { openFileSource } from '@windlass/image-pipeline/open-file-source';
import { recogniseKind } from '@windlass/image-pipeline/recognise-kind';

/** Longest sides asked for, in pixels. */
export const SIDES = [400, 1200] as const;

/** A file to be tried. */
export type PictureAsked = { number: number; path: string; name: string; directory: string };

/** What this program says of a file. */
export type PictureAnswer = {
  number: number;
  answer: string;
  by: 'kind' | 'structure' | 'decoder';
  files: { name: string; within: number; path: string }[];
};

/**
 * All it says: of a file; of itself before the first and each 100 ms (memory in bytes); of the pipeline when told to
 * stop.
 */
export type PictureSaid = PictureAnswer | { memory: number } | { stats: ReturnType<ImagePipeline['stats']> };

/**
 * A picture that takes more work than this is none: half of what a waiting person is promised, as another may be before
 * it.
 */
const CPU_MS = 5_000;

if (!process.send) throw new Error('render-pictures.ts is forked by a fault run');
const pipeline = createImagePipeline({ cpuMs: CPU_MS });
const say = (said: PictureSaid) => process.send?.(said);
const reportMemory = () => say({ memory: process.memoryUsage.rss() });
const timer = setInterval(reportMemory, 100);

process.on('message', async (asked: PictureAsked | 'stop') => {
  if (asked !== 'stop') {
    say({ number: asked.number, ...(await tryPicture(asked)) });
    return;
  }
  clearInterval(timer);
  say({ stats: pipeline.stats() });
  await pipeline.close();
  process.disconnect();
});
process.once('disconnect', () => process.exit(0));
reportMemory();

async function tryPicture({ path, name, directory }: PictureAsked): Promise<Omit<PictureAnswer, 'number'>> {
  let by: PictureAnswer['by'] = 'kind';
  try {
    const source = await openFileSource(path);
    try {
      const kind = await recogniseKind(source, name);
      if (isKeptKind(kind)) return { answer: 'kept', by, files: [] };
      if (!isImageKind(kind)) return { answer: `NOT_AN_IMAGE (${kind})`, by, files: [] };
      by = 'structure';
      await inspectImage(source);
    } finally {
      await source.close();
    }
    by = 'decoder';
    const outputs = SIDES.map((within) => ({ name: String(within), within, formats: ['webp' as const] }));
    const { files } = await pipeline.render({ path, outputs, directory });
    return {
      answer: 'rendered',
      by,
      files: files.map((file) => ({ name: file.name, within: Number(file.name), path: file.path })),
    };
  } catch (error) {
    const answer =
      error instanceof ImageRefused ? error.code : `ERROR ${error instanceof Error ? error.stack : String(error)}`;
    return { answer, by, files: [] };
  }
}
