import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { endGroup, killGroup } from '../up/process-group.ts';

/** How one stage ended. `code` is 1 where a signal ended it. */
export type StageResult = { code: number };

/** The stages' programs put away their own databases and browsers in this time. */
const STOP_WITHIN_MS = 9_000;
const running = new Set<ChildProcess>();

export type StageOptions = {
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** true: another stage runs in front of the person, and what this one prints is kept until it is over */
  aside?: boolean;
};

/** Runs one stage's command, in a process group of its own, and prints how long it took. */
export async function runStage(
  title: string,
  [file, ...args]: [string, ...string[]],
  { aside = false, ...options }: StageOptions,
): Promise<StageResult> {
  const begun = Date.now();
  console.log(`\n▸ ${title}: ${[file, ...args].join(' ')}`);
  const output = aside ? 'pipe' : 'inherit';
  const child = spawn(file, args, { ...options, stdio: ['ignore', output, output], detached: true });
  running.add(child);
  const printed: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (bytes: Buffer) => printed.push(bytes));
  child.once('exit', () => killGroup(child));
  const [code] = (await once(child, aside ? 'close' : 'exit')) as [number | null];
  running.delete(child);
  if (aside) process.stdout.write(`\n▸ ${title}, which ran beside:\n${Buffer.concat(printed).toString()}`);
  console.log(`${code === 0 ? '✓' : '✗'} ${title} ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  return { code: code ?? 1 };
}

/**
 * Ends the stages that run, and everything they started. As Ctrl-C would: Playwright stops its web server for no other
 * signal.
 */
export async function stopStages(): Promise<void> {
  await Promise.all([...running].map((child) => endGroup(child, STOP_WITHIN_MS, 'SIGINT')));
}
