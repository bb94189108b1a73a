import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { StartFailure } from '../../packages/db/src/start-failure.ts';
import type { Launch } from './launch.ts';
import { endGroup, spawnGroup } from './process-group.ts';
import { readLogLine } from './read-log-line.ts';

/** A program that runs for as long as Windlass does. */
export type Program = {
  name: string;
  /** what Node is given, the file included */
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** the word in its output that says it is ready, for a program that cannot say so over the channel */
  readyWord: string;
  /** how long it may take to end when told to */
  stopWithinMs: number;
};

/**
 * An exit code that means "as configured I cannot run": starting it again would change nothing (EX_CONFIG of
 * sysexits.h).
 */
const MISCONFIGURED = 78;
const LIFELINE = new URL('../lifeline.ts', import.meta.url).href;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5_000;
const CRASHES_A_MINUTE = 5;
const READY_WITHIN_MS = 60_000;

/**
 * Starts a program, starts it again when it crashes, and resolves when it was ready for the first time. A program that
 * crashes more than five times a minute, or says that it is misconfigured, ends everything.
 */
export async function supervise(program: Program, launch: Launch): Promise<void> {
  launch.stopping.throwIfAborted();
  const { cwd, env } = program;
  const { promise: ready, resolve: onReady } = Promise.withResolvers<void>();
  let child: ChildProcess | undefined;
  let restart: NodeJS.Timeout | undefined;
  let crashes: number[] = [];

  const onLine = (line: string) => {
    if (line.includes(program.readyWord)) onReady();
    const shown = readLogLine(line);
    if (shown) launch.say(program.name, shown);
  };
  const start = () => {
    child = spawnGroup(
      { file: process.execPath, args: ['--import', LIFELINE, ...program.args], cwd, env },
      onLine,
      'lifeline',
    );
    child.on('message', (message) => message === 'ready' && onReady());
    child.once('exit', (code, signal) => {
      if (launch.stopping.aborted) return;
      const now = Date.now();
      crashes = [...crashes.filter((at) => at > now - 60_000), now];
      if (code === MISCONFIGURED) {
        launch.end({
          code,
          sentence: `The ${program.name} cannot run as configured, its lines above say why: mend the setting and start again.`,
        });
      } else if (crashes.length > CRASHES_A_MINUTE) {
        launch.end({
          code: 1,
          sentence: `The ${program.name} crashed ${crashes.length} times in a minute, its lines above say why: mend that and start again.`,
        });
      } else {
        const wait = Math.min(FIRST_WAIT_MS * 2 ** (crashes.length - 1), LONGEST_WAIT_MS);
        launch.say(program.name, `ended (${signal ?? code}); it starts again in ${wait} ms`);
        restart = setTimeout(start, wait);
      }
    });
  };

  launch.onStop(async () => {
    clearTimeout(restart);
    if (child) await endGroup(child, program.stopWithinMs);
  });
  start();
  const deadline = AbortSignal.any([launch.stopping, AbortSignal.timeout(READY_WITHIN_MS)]);
  await Promise.race([ready, once(deadline, 'abort')]);
  launch.stopping.throwIfAborted();
  if (deadline.aborted) {
    throw new StartFailure(
      `The ${program.name} was not ready within ${READY_WITHIN_MS / 1000} s: its lines above say what it waits for.`,
    );
  }
}
