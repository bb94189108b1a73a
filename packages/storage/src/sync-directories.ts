import { open } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Flushes `folder` and its parents up to and including `top` to the disk: a rename or a new folder outlives a power cut
 * only once the folder that lists it is flushed too. `top` must be `folder` or above it.
 */
export async function syncDirectories(folder: string, top: string): Promise<void> {
  for (let current = folder; ; current = dirname(current)) {
    const handle = await open(current, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (current === top || current === dirname(current)) return;
  }
}
