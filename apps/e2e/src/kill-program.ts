import { readdirSync, readFileSync } from 'node:fs';
import { PORT } from './env.ts';

/**
 * A test that kills a program of the house, or harms all its mail, runs when the others are done: they would feel it.
 */
export const ALONE = { tag: '@alone' };

/** Ends one program of the stack under test without a word (SIGKILL). The launcher starts it again. Linux. */
export function killProgram(name: 'server' | 'worker'): void {
  const pid = readdirSync('/proc').find((entry) => /^\d+$/.test(entry) && isOurs(entry, name));
  if (!pid) throw new Error(`no ${name} of this stack is running`);
  process.kill(Number(pid), 'SIGKILL');
}

function isOurs(pid: string, name: string): boolean {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    if (!command.includes(`apps/${name}/src/main.ts`)) return false;
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`PORT=${PORT}`);
  } catch {
    return false; // ended while we looked
  }
}
