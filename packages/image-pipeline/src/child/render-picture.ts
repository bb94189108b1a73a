import { rgbaToThumbHash } from 'thumbhash';
import type { ChildRendered, ChildTask } from '../child-messages.ts';
import type { RenderedFile } from '../output-spec.ts';
import { openPicture } from './guard-sharp.ts';
import { fromPixels, type RawPicture, shrink, takePixels } from './raw-picture.ts';
import { writePicture } from './write-picture.ts';

/** What a thumbhash is made of: at most 100 by 100. */
const HASHED = 100;

/**
 * Decodes once, no larger than the largest output (a JPEG is shrunk while it is decoded), and makes each smaller picture of the pixels
 * of the one before. A full decode for each output would cost twice the CPU.
 */
export async function renderPicture({ path, outputs, directory, pixels }: Extract<ChildTask, { kind: 'render' }>): Promise<ChildRendered> {
  const largestFirst = outputs.toSorted((a, b) => b.within - a.within);
  const largest = largestFirst[0]?.within ?? HASHED;
  const started = performance.now();
  let picture = await takePixels(openPicture(path, pixels).resize({ width: largest, height: largest, fit: 'inside', withoutEnlargement: true }));
  const decoded = performance.now();
  const files: RenderedFile[] = [];
  for (const output of largestFirst) {
    picture = await shrink(picture, output.within);
    files.push(...(await writePicture(picture, output, directory)));
  }
  const thumbhash = await hashPicture(picture);
  return { thumbhash, files, ms: { decode: decoded - started, encode: performance.now() - decoded } };
}

async function hashPicture(picture: RawPicture): Promise<string> {
  const { data, info } = await fromPixels(await shrink(picture, HASHED)).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString('base64');
}
