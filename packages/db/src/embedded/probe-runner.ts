import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { type Runner, SYSTEM_PATH } from './runner.ts';

/**
 * Tries whether `postgres` starts this way and may write into the folder. Asking the kernel is the only honest test: a
 * folder above may be closed to the user, mounted noexec, or owned by a user whom a namespace does not know.
 */
export function probeRunner(runner: Runner, folder: string): { runs: true } | { runs: false; reason: string } {
  const script = 'test -w "$1" || { echo "$1 is not writable" >&2; exit 1; }; exec "$2" --version';
  const [command, args] = runner.wrap('/bin/sh', ['-c', script, 'sh', folder, path.join(runner.bin, 'postgres')]);
  const probe = spawnSync(command, args, {
    ...runner.ids,
    cwd: '/',
    env: { PATH: SYSTEM_PATH },
    encoding: 'utf8',
    timeout: 10_000,
  });
  if (probe.status === 0) return { runs: true };
  const reason = probe.error?.message ?? probe.stderr.trim().split('\n').at(-1);
  return { runs: false, reason: reason || `it ended with ${probe.signal ?? probe.status}` };
}
