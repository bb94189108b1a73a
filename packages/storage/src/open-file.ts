import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

/** Opens a file for reading. A folder, which opens just as well, fails as if the path did not exist. */
export async function openFile(path: string): Promise<{ file: FileHandle; size: number }> {
  const file = await open(path, 'r');
  try {
    const found = await file.stat();
    if (!found.isFile()) throw Object.assign(new Error('Not a file'), { code: 'EISDIR', syscall: 'open' });
    return { file, size: found.size };
  } catch (error) {
    await file.close();
    throw error;
  }
}
