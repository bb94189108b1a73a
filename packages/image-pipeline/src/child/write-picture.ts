import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { WebpOptions } from 'sharp';
import type { OutputSpec, PictureFormat, RenderedFile } from '../output-spec.ts';
import { partOf, placeOf } from '../publish-files.ts';
import { isFlat } from './is-flat.ts';
import { fromPixels, type RawPicture } from './raw-picture.ts';

/** Effort 2 costs half the CPU of the default for 5 % more bytes. */
const WEBP = { quality: 80, effort: 2 };
/** Effort 0 of AVIF costs what effort 4 of WebP does, and looks like WebP at 80. */
const AVIF = { quality: 60, effort: 0 };
const JPEG = { quality: 80 };
/** A second format that saves less is not worth a second object. */
const WORTH_IT = 0.9;
/**
 * Below this there is nothing to save that anybody would notice, and the try costs a quarter of a picture's CPU. In
 * bytes.
 */
const WORTH_A_TRY = 100_000;

/**
 * Writes one picture in its formats, aside: the asker gives the files their names (publish-files.ts). An AVIF beside a
 * WebP is tried where that is large, and kept where it is a tenth smaller.
 */
export async function writePicture(
  picture: RawPicture,
  output: OutputSpec,
  directory: string,
): Promise<RenderedFile[]> {
  const files: RenderedFile[] = [];
  const wanted = output.formats.toSorted((a, b) => Number(a === 'avif') - Number(b === 'avif'));
  for (const format of wanted) {
    const beside = files.find((file) => file.format === 'webp');
    if (format === 'avif' && beside && beside.bytes < WORTH_A_TRY) continue;
    const bytes = await encode(picture, format, output);
    if (format === 'avif' && beside && bytes.length > beside.bytes * WORTH_IT) continue;
    const file = placeOf(directory, output.name, format);
    await writeFile(partOf(file), bytes);
    const { width, height } = picture.info;
    files.push({
      name: output.name,
      format,
      width,
      height,
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      path: file,
    });
  }
  return files;
}

function encode(picture: RawPicture, format: PictureFormat, { quality, effort }: OutputSpec): Promise<Buffer> {
  const pipeline = fromPixels(picture);
  const wish = { ...(quality !== undefined && { quality }), ...(effort !== undefined && { effort }) };
  switch (format) {
    case 'webp':
      return encodeWebp(picture, { ...WEBP, ...wish });
    case 'avif':
      return pipeline.avif({ ...AVIF, ...wish }).toBuffer();
    case 'jpeg':
      return pipeline
        .flatten({ background: '#ffffff' })
        .jpeg({ ...JPEG, ...(quality !== undefined && { quality }) })
        .toBuffer();
  }
}

/** Of a drawing both ways are tried: without loss it is often smaller, and edges and colours are those of the file. */
async function encodeWebp(picture: RawPicture, options: WebpOptions): Promise<Buffer> {
  const lossy = await fromPixels(picture).webp(options).toBuffer();
  if (!isFlat(picture)) return lossy;
  const lossless = await fromPixels(picture).webp({ lossless: true, effort: WEBP.effort }).toBuffer();
  return lossless.length < lossy.length ? lossless : lossy;
}
