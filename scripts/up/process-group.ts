import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

export type Command = { file: string; args: string[]; cwd: string; env: NodeJS.ProcessEnv };

/**
 * Starts a command in a process group of its own: Ctrl-C reaches the launcher alone, which then stops everything in
 * order, and what the command leaves behind is ended with it. Each line it prints goes to `onLine`. With 'lifeline' it
 * has a channel that closes when this process is killed.
 */
export function spawnGroup(command: Command, onLine: (line: string) => void, lifeline?: 'lifeline'): ChildProcess {
  const child = spawn(command.file, command.args, {
    cwd: command.cwd,
    env: command.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', ...(lifeline ? ['ipc' as const] : [])],
  });
  for (const input of [child.stdout, child.stderr]) {
    if (input) createInterface({ input }).on('line', (line) => line.trim() && onLine(line));
  }
  child.once('exit', () => killGroup(child));
  return child;
}

/** Tells the command to end, and after a while ends it and everything it started. Does nothing where it has ended. */
export async function endGroup(
  child: ChildProcess,
  withinMs: number,
  signal: 'SIGTERM' | 'SIGINT' = 'SIGTERM',
): Promise<void> {
  if (!isRunning(child)) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await Promise.race([exited, sleep(withinMs, undefined, { ref: false })]);
  if (isRunning(child)) killGroup(child);
}

function isRunning(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

/** Only while the leader runs or at its exit: later its number may be another's. */
export function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    // Nobody was left.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
