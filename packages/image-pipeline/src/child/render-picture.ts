import { rgbaToThumbHash } from 'thumbhash';
import type { ChildRendered, ChildTask } from '../child-messages.ts';
import type { RenderedFile } from '../output-spec.ts';
import { openPicture } from './guard-sharp.ts';
import { fromPixels, type RawPicture, shrink, takePixels } from './raw-picture.ts';
import { writePicture } from './write-picture.ts';

/** What a thumbhash is made of: at most 100 by 100. */
const HASHED = 100;

type RenderTask = Extract<ChildTask, { kind: 'render' }>;

/**
 * Decodes once, no larger than the largest output (a JPEG is shrunk while it is decoded), and makes each smaller picture of the pixels
 * of the one before. A full decode for each output would cost twice the CPU.
 */
export async function renderPicture({ path, outputs, directory, pixels }: RenderTask, onStep: (step: string) => void): Promise<ChildRendered> {
  const largestFirst = outputs.toSorted((a, b) => b.within - a.within);
  const largest = largestFirst[0]?.within ?? HASHED;
  const started = performance.now();
  let picture = await takePixels(openPicture(path, pixels).resize({ width: largest, height: largest, fit: 'inside', withoutEnlargement: true }));
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

async function hashPicture(picture: RawPicture): Promise<string> {
  const small = fromPixels(picture).resize({ width: HASHED, height: HASHED, fit: 'inside', withoutEnlargement: true });
  const { data, info } = await small.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString('base64');
}
