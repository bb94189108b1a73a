import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A write that has not grown for this long has nobody left to finish it: uploads are cut after far less silence. Swept
 * within ten minutes.
 */
const ABANDONED_MS = 9 * 60_000;

/** Removes what crashed writes have left behind. Other processes may write and sweep at the same time. */
export async function sweepUnfinished(folder: string, now = Date.now()): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const modifiedAt = await readModifiedAt(path);
    if (modifiedAt !== null && now - modifiedAt > ABANDONED_MS) await rm(path, { force: true });
  }
}

/** Null for a file that was finished or swept since it was listed. */
async function readModifiedAt(path: string): Promise<number | null> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
