import fs from 'node:fs';
import path from 'node:path';
import { StartFailure } from '../../packages/db/src/start-failure.ts';

/** Makes the folder, for its owner's eyes alone, and proves that it takes files. */
export function prepareDataFolder(folder: string): void {
  const probe = path.join(folder, `.probe-${process.pid}`);
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    fs.writeFileSync(probe, '');
    fs.rmSync(probe);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StartFailure(
      `The data folder ${folder} is not writable (${code}): give this user the right to write there, or choose another folder with WINDLASS_DATA.`,
      { cause: error },
    );
  }
}

/** Leaves the launcher's process id in the folder; answers how to take it away again. */
export function writePidFile(folder: string): () => Promise<void> {
  const file = path.join(folder, 'up.pid');
  fs.writeFileSync(file, `${process.pid}\n`);
  return async () => fs.rmSync(file, { force: true });
}
