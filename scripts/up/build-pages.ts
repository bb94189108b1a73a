import { StartFailure } from '../../packages/db/src/start-failure.ts';
import type { Launch } from './launch.ts';
import type { Options } from './read-options.ts';
import { runToEnd } from './run-to-end.ts';

/** Builds the pages that changed since the last build. Their output is shown only where it fails. */
export async function buildPages({ root }: Options, launch: Launch, env: NodeJS.ProcessEnv): Promise<void> {
  const begun = Date.now();
  const printed: string[] = [];
  const code = await runToEnd(
    {
      file: 'turbo',
      args: ['run', 'build', '--output-logs=errors-only'],
      cwd: root,
      env: { ...env, TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1', CI: '1' },
    },
    (line) => printed.push(line),
    launch,
  );
  if (code !== 0) {
    for (const line of printed) launch.say('pages', line);
    throw new StartFailure('The pages could not be built, the lines above say why: mend that and start again.');
  }
  launch.say('pages', `built (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
}
