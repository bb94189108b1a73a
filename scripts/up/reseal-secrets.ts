import type { Launch } from './launch.ts';
import type { Options } from './read-options.ts';
import { runToEnd } from './run-to-end.ts';

/**
 * Seals kept secrets anew under the key of this start: one machine has no other program that could not open them then.
 * They open as they are too, so nothing waits for it and a failure is only told.
 */
export async function resealSecrets({ root }: Options, launch: Launch, env: NodeJS.ProcessEnv): Promise<void> {
  const printed: string[] = [];
  const code = await runToEnd(
    { file: process.execPath, args: ['apps/server/src/reseal-secrets.ts'], cwd: root, env },
    (line) => printed.push(line),
    launch,
  );
  if (code === 0) return;
  for (const line of printed) launch.say('reseal', line);
  launch.say('reseal', 'kept secrets could not be sealed anew; they open as they are, and the next start tries again');
}
