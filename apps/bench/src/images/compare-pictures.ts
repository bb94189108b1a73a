import path from 'node:path';
import { createIPX, ipxFSStorage } from 'ipx';
import { createImagePipeline } from '@windlass/image-pipeline/create-image-pipeline';
import sharp from 'sharp';

export type Comparison = { bytesRatio: number; psnrDifference: number };

/**
 * Our 1200-pixel pictures beside ipx’s: how many bytes, and how near each comes to the same reduction kept without
 * loss, in dB. Medians over the files.
 */
export async function comparePictures(files: readonly string[], folder: string): Promise<Comparison> {
  sharp.cache(false); // the compared file has one name for all
  const pipeline = createImagePipeline({ children: 1 });
  const ipx = createIPX({ storage: ipxFSStorage({ dir: path.dirname(files[0]!) }) });
  const [ratios, differences]: [number[], number[]] = [[], []];
  try {
    for (const file of files) {
      const { files: made } = await pipeline.render({
        path: file,
        outputs: [{ name: 'compared', within: 1200, formats: ['webp'] }],
        directory: folder,
      });
      const theirs = (
        await ipx(path.basename(file), { resize: '1200x1200', fit: 'inside', format: 'webp', quality: '80' }).process()
      ).data as Buffer;
      const exact = await sharp(file, { autoOrient: true })
        .resize({ width: 1200, height: 1200, fit: 'inside', fastShrinkOnLoad: false })
        .removeAlpha()
        .raw()
        .toBuffer();
      ratios.push(made[0]!.bytes / theirs.length);
      differences.push(
        psnr(exact, await pixelsOf(path.join(folder, 'compared.webp'))) - psnr(exact, await pixelsOf(theirs)),
      );
    }
  } finally {
    await pipeline.close();
  }
  const middle = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;
  return { bytesRatio: middle(ratios), psnrDifference: middle(differences) };
}

const pixelsOf = (picture: string | Buffer): Promise<Buffer> => sharp(picture).removeAlpha().raw().toBuffer();

function psnr(exact: Buffer, other: Buffer): number {
  let sum = 0;
  for (let i = 0; i < exact.length; i += 1) sum += (exact[i]! - other[i]!) ** 2;
  return 10 * Math.log10((255 * 255) / (sum / exact.length));
}
