import { rgbaToThumbHash } from 'thumbhash';
import type { ChildRendered, ChildTask } from '../child-messages.ts';
import { ImageRefused } from '../image-refused.ts';
import type { RenderedFile } from '../output-spec.ts';
import { openColours } from './open-colours.ts';
import { fromPixels, type RawPicture, shrink, takePixels } from './raw-picture.ts';
import { writePicture } from './write-picture.ts';

/** What a thumbhash is made of: at most 100 by 100. */
const HASHED = 100;

type RenderTask = Extract<ChildTask, { kind: 'render' }>;

/**
 * Decodes once, no larger than the largest output (a JPEG is shrunk while it is decoded), and makes each smaller
 * picture of the pixels of the one before. A full decode for each output would cost twice the CPU.
 */
export async function renderPicture(
  { path, outputs, directory, pixels, spareChannel }: RenderTask,
  onStep: (step: string) => void,
): Promise<ChildRendered> {
  const largestFirst = outputs.toSorted((a, b) => b.within - a.within);
  const largest = largestFirst[0]?.within ?? HASHED;
  const started = performance.now();
  const opened = await openColours(path, { pixels, spareChannel });
  let picture = await takePixels(
    opened.resize({ width: largest, height: largest, fit: 'inside', withoutEnlargement: true }),
  );
  if (isClear(picture))
    throw new ImageRefused(
      'NOTHING_TO_PRINT',
      'There is nothing to print: every pixel of this picture is transparent.',
    );
  const decoded = performance.now();
  onStep('decoded');
  const files: RenderedFile[] = [];
  for (const output of largestFirst) {
    picture = await shrink(picture, output.within);
    files.push(...(await writePicture(picture, output, directory)));
    onStep(output.name);
  }
  const thumbhash = await hashPicture(picture);
  return { thumbhash, files, ms: { decode: decoded - started, encode: performance.now() - decoded } };
}

/** Not one pixel is seen. */
function isClear({ data, info }: RawPicture): boolean {
  if (info.channels !== 4) return false;
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 0) return false;
  return true;
}

async function hashPicture(picture: RawPicture): Promise<string> {
  const small = fromPixels(picture).resize({ width: HASHED, height: HASHED, fit: 'inside', withoutEnlargement: true });
  const { data, info } = await small.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString('base64');
}
