import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { inheritedEnvironment, ROOT } from '../env.ts';
import type { World } from './world.ts';

export type Started = {
  pid: number;
  child: ChildProcess;
  /** Sends a message and waits for the next of the kind it names. */
  ask<Answer>(message: object, kind: string): Promise<Answer>;
  stop(): Promise<void>;
};

export type ProcessWish = {
  /** From the root, e.g. apps/server/src/main.ts. */
  program: string;
  args?: string[];
  env?: NodeJS.ProcessEnv;
};

const LIFELINE = new URL('../../../../scripts/lifeline.ts', import.meta.url).href;
const STOP_WITHIN_MS = 15_000;

/**
 * Starts one of the house's programs in a process of its own and waits for its word `ready`. What it logs is shown if
 * it fails.
 */
export async function startProcess(world: World, { program, args = [], env = {} }: ProcessWish): Promise<Started> {
  const profile = world.profileFolder ? ['--cpu-prof', '--cpu-prof-dir', world.profileFolder] : [];
  const child = fork(path.join(ROOT, program), args, {
    cwd: ROOT,
    env: { ...inheritedEnvironment(), ...env },
    execArgv: ['--import', LIFELINE, ...profile],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      printed.push(text);
      printed.splice(0, printed.length - 50);
    });
  }
  let stopping = false;
  child.once('exit', (code, signal) => {
    if (!stopping) world.say(`${program} ended (${signal ?? code}):\n${printed.join('')}`);
  });
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    stopping = true;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    await exited;
    clearTimeout(timer);
  };
  world.whenOver(stop);

  const hear = <Answer>(kind: string) =>
    new Promise<Answer>((resolve, reject) => {
      const onMessage = (message: unknown) => {
        const told = typeof message === 'string' ? { kind: message } : (message as { kind: string });
        if (told.kind !== kind) return;
        done();
        resolve(told as Answer);
      };
      const onExit = () => {
        done();
        reject(new Error(`${program} ended while "${kind}" was awaited:\n${printed.join('')}`));
      };
      const done = () => {
        child.off('message', onMessage);
        child.off('exit', onExit);
      };
      child.on('message', onMessage);
      child.once('exit', onExit);
    });
  await hear('ready');
  return {
    pid: child.pid!,
    child,
    ask(message, kind) {
      const answer = hear<never>(kind);
      child.send(message);
      return answer;
    },
    stop,
  };
}
