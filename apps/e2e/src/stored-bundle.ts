import { createHash } from 'node:crypto';
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { DATA } from './env.ts';

/** sha256 of the object that storage holds under this file name, read beside the server. */
export async function storedBundle(fileName: string): Promise<string> {
  const data = path.join(DATA, 'objects');
  for await (const file of glob(`**/${fileName}`, { cwd: data })) {
    return createHash('sha256')
      .update(await readFile(path.join(data, file)))
      .digest('hex');
  }
  throw new Error(`storage holds no ${fileName}`);
}
