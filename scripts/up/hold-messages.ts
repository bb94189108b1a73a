import { StartFailure } from '../../packages/db/src/start-failure.ts';
import type { Launch } from './launch.ts';
import type { Options } from './read-options.ts';
import { runToEnd } from './run-to-end.ts';

/** Says that the data is a restored backup, before anything can be sent. */
export async function holdMessages({ root }: Options, launch: Launch, env: NodeJS.ProcessEnv): Promise<void> {
  const code = await runToEnd(
    { file: process.execPath, args: ['apps/server/src/hold-messages.ts'], cwd: root, env },
    (line) => launch.say('restored', line),
    launch,
  );
  if (code !== 0)
    throw new StartFailure(
      'Messages could not be held, the lines above say why. Nothing was started, so nothing was sent.',
    );
}
