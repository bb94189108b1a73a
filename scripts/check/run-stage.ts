import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { endGroup, killGroup } from '../up/process-group.ts';

/** How one stage ended. `code` is 1 where a signal ended it. */
export type StageResult = { code: number };

/** The stages' programs put away their own databases and browsers in this time. */
const STOP_WITHIN_MS = 9_000;
let running: ChildProcess | undefined;

export type StageOptions = { cwd: string; env: NodeJS.ProcessEnv };

/** Runs one stage's command in front of the person, in a process group of its own, and prints how long it took. */
export async function runStage(title: string, [file, ...args]: [string, ...string[]], options: StageOptions): Promise<StageResult> {
  const begun = Date.now();
  console.log(`\n▸ ${title}: ${[file, ...args].join(' ')}`);
  const child = spawn(file, args, { ...options, stdio: ['ignore', 'inherit', 'inherit'], detached: true });
  child.once('exit', () => killGroup(child));
  running = child;
  const [code] = (await once(child, 'exit')) as [number | null];
  console.log(`${code === 0 ? '✓' : '✗'} ${title} ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  return { code: code ?? 1 };
}

/** Ends the stage that runs, and everything it started. As Ctrl-C would: Playwright stops its web server for no other signal. */
export async function stopStage(): Promise<void> {
  if (running) await endGroup(running, STOP_WITHIN_MS, 'SIGINT');
}
