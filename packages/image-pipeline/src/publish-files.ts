import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { OutputSpec, PictureFormat, RenderedFile } from './output-spec.ts';

type Place = { outputs: readonly OutputSpec[]; directory: string };

export const placeOf = (directory: string, name: string, format: PictureFormat): string =>
  path.join(directory, `${name}.${format}`);
/** Under which name a file is written until all are there. */
export const partOf = (file: string): string => `${file}.part`;

/**
 * Lets a child write files aside, then gives them their names here: all of them, whole, or none. What failed leaves
 * nothing behind, and what an earlier one made stays as it was.
 */
export async function publishFiles<Made extends { files: RenderedFile[] }>(
  { outputs, directory }: Place,
  make: () => Promise<Made>,
): Promise<Made> {
  const asked = outputs.flatMap(({ name, formats }) => formats.map((format) => placeOf(directory, name, format)));
  try {
    const made = await make();
    // Where files go was said by the caller; a child is not asked.
    for (const { path: file } of made.files)
      if (!asked.includes(file)) throw new Error(`the image pipeline made a file that nobody asked for: ${file}`);
    for (const { path: file } of made.files) await rename(partOf(file), file);
    return made;
  } catch (error) {
    await Promise.all(asked.map((file) => rm(partOf(file), { force: true })));
    throw error;
  }
}
