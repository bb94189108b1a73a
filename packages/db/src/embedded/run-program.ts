import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { type Runner, SYSTEM_PATH } from './runner.ts';

/** A program's name and its arguments. */
type Command = readonly [name: string, ...args: string[]];

/**
 * Starts one of PostgreSQL's programs in a process group of its own, so that Ctrl-C in a terminal reaches the launcher
 * first and the database last. Each line it prints goes to `onLine`.
 */
export function runProgram(runner: Runner, [name, ...args]: Command, onLine: (line: string) => void): ChildProcess {
  const [file, wrapped] = runner.wrap(path.join(runner.bin, name), args);
  const child = spawn(file, wrapped, {
    ...runner.ids,
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: SYSTEM_PATH, LC_ALL: 'C', TZ: 'UTC' },
  });
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', onLine);
  }
  return child;
}

/** Resolves when the program has ended and all its output was read: how it ended, in a few words. */
export function whenEnded(child: ChildProcess): Promise<{ ok: boolean; how: string }> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ ok: false, how: error.message }));
    child.once('close', (code, signal) => resolve({ ok: code === 0, how: String(signal ?? code) }));
  });
}
