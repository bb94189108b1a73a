import { spawnSync } from 'node:child_process';
import fs from 'node:fs';

export type SmallDisk = {
  folder: string;
  /** how it was made small, for the record */
  how: string;
  /** put before a command line, it makes the command meet the limit */
  wrap(command: [string, ...string[]]): [string, ...string[]];
  /** no write succeeds any more, and again; false: this user cannot make it so here */
  readOnly(on: boolean): boolean;
  remove(): void;
};

/**
 * What a file may grow to where the disk cannot be small: between the smallest and the largest that are written to it.
 */
const LARGEST_FILE_KB = 256;

/**
 * A disk of so many megabytes: a tmpfs where this user may mount one, else a folder whose files may not grow beyond a
 * limit (RLIMIT_FSIZE; a write then fails half-way just the same). Root ignores a folder's rights, and everybody else
 * cannot remount.
 */
export function makeSmallDisk(folder: string, megabytes: number): SmallDisk {
  fs.mkdirSync(folder, { recursive: true });
  const run = (...[file, ...args]: [string, ...string[]]) => spawnSync(file, args, { stdio: 'ignore' }).status === 0;
  if (run('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder)) {
    const remove = () => void run('umount', '--lazy', folder);
    process.once('exit', remove);
    return {
      folder,
      how: `tmpfs of ${megabytes} MB`,
      wrap: (command) => command,
      readOnly: (on) => run('mount', '-o', `remount,${on ? 'ro' : 'rw'}`, folder),
      remove() {
        process.off('exit', remove);
        remove();
      },
    };
  }
  return {
    folder,
    how: `files of at most ${LARGEST_FILE_KB} kB: this user may not mount a tmpfs`,
    // In blocks of 512 bytes.
    wrap: (command) => ['sh', '-c', `trap '' XFSZ; ulimit -f ${LARGEST_FILE_KB * 2}; exec "$@"`, 'sh', ...command],
    readOnly(on) {
      setRights(folder, on ? 0o555 : 0o755);
      return process.getuid?.() !== 0;
    },
    remove: () => setRights(folder, 0o755),
  };
}

/** The folder and those in it: an object is renamed into a folder of its own. */
function setRights(folder: string, mode: number): void {
  if (mode === 0o755) fs.chmodSync(folder, mode);
  for (const entry of fs.readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) setRights(`${folder}/${entry.name}`, mode);
  if (mode !== 0o755) fs.chmodSync(folder, mode);
}
