import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { RenderedFile } from '@windlass/image-pipeline/create-image-pipeline';
import type { Storage } from '@windlass/storage/storage';
import { pictureKey } from '../picture-key.ts';

export type KeptPictures = { hash: string; objects: string[] };

/**
 * Stores what was made under the hash of all of it. AVIF first: where the WebP is there, so is everything beside it.
 * Storing the same again writes the same bytes to the same place.
 */
export async function keepPictures(
  storage: Storage,
  files: readonly RenderedFile[],
  onStored: (done: number) => void,
): Promise<KeptPictures> {
  const sum = createHash('sha256');
  for (const { name, format, sha256 } of files) sum.update(`${name}.${format} ${sha256}\n`);
  const hash = sum.digest('hex').slice(0, 40);
  const objects: string[] = [];
  for (const file of files.toSorted((a, b) => a.format.localeCompare(b.format))) {
    const key = pictureKey(hash, file.name, file.format);
    await storage.put(key, createReadStream(file.path), { contentType: `image/${file.format}` });
    objects.push(key);
    onStored(objects.length / files.length);
  }
  return { hash, objects };
}
