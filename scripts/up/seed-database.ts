import { StartFailure } from '../../packages/db/src/start-failure.ts';
import type { Launch } from './launch.ts';
import type { Options } from './read-options.ts';
import { runToEnd } from './run-to-end.ts';

const SIGN_IN = 'sign-in: ';

/**
 * Runs the server's seed, which decides by itself whether the database wants one. Answers its sentence on how to sign
 * in, which is shown last of all; its other lines are progress.
 */
export async function seedDatabase(
  { root, empty }: Options,
  launch: Launch,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  let signIn: string | undefined;
  const code = await runToEnd(
    { file: process.execPath, args: ['apps/server/src/seed.ts', ...(empty ? ['--empty'] : [])], cwd: root, env },
    (line) => {
      if (line.startsWith(SIGN_IN)) signIn = line.slice(SIGN_IN.length);
      else if (line.trim()) launch.say('seed', line);
    },
    launch,
  );
  if (code !== 0)
    throw new StartFailure('The database could not be filled, the lines above say why: mend that and start again.');
  return signIn;
}
