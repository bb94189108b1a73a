import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { programFolders } from './env.ts';

/** What the tests use where the machine has it: no npm package brings it. */
export const OPTIONAL_PROGRAMS = {
  'redis-server': {
    skipped: 'the Redis half of the tests, and the main story with Redis as the queue engine',
    advice: 'Debian, Ubuntu: apt-get install redis-server',
  },
  nginx: {
    skipped: 'what the shipped proxy configuration logs',
    advice: 'Debian, Ubuntu: apt-get install nginx-light',
  },
} as const;
export type OptionalProgram = keyof typeof OPTIONAL_PROGRAMS;

/**
 * The machine's program of that name, by its full path; undefined where there is none. Not left to `spawn`: where PATH
 * has a folder that this user may not read, it says EACCES of a program that is nowhere.
 */
export function findProgram(name: OptionalProgram, folders: string[] = programFolders()): string | undefined {
  return folders.map((folder) => path.join(folder, name)).find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
