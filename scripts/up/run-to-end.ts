import { once } from 'node:events';
import type { Launch } from './launch.ts';
import { type Command, endGroup, spawnGroup } from './process-group.ts';

const STOP_WITHIN_MS = 1_000;

/**
 * Runs a command to its end and answers its exit code; what it prints goes to `onLine`. When the stop begins, the
 * command and all it started are ended, and the abort is thrown.
 */
export async function runToEnd(command: Command, onLine: (line: string) => void, launch: Launch): Promise<number> {
  launch.stopping.throwIfAborted();
  const child = spawnGroup(command, onLine);
  const onAbort = () => {
    const ended = endGroup(child, STOP_WITHIN_MS);
    launch.onStop(() => ended);
  };
  launch.stopping.addEventListener('abort', onAbort);
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    launch.stopping.throwIfAborted();
    return code ?? 1;
  } finally {
    launch.stopping.removeEventListener('abort', onAbort);
  }
}
