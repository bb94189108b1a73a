import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { History } from '../history.ts';

export const root = path.join(import.meta.dirname, '..', '..', '..', '..');
const READY_WITHIN_MS = 30_000;

export type ProgramOptions = {
  name: string;
  /** where its release lies; default: this one */
  home?: string;
  /** from there */
  file: string;
  env: NodeJS.ProcessEnv;
  /** where its output goes, appended to over all its lives */
  logFile: string;
  history: History;
};

/** A server or worker of ours as a real process, which can be killed and started again in the same place. */
export type Program = {
  name: string;
  pid(): number | undefined;
  running(): boolean;
  /** Resolves when it says that it is ready. */
  start(): Promise<void>;
  /** SIGKILL: it gets no chance to say anything. */
  kill(): Promise<void>;
  /** SIGTERM, and waits for its end however long it takes; SIGKILL after a minute. */
  stop(): Promise<void>;
};

export function createProgram({ name, home = root, file, env, logFile, history }: ProgramOptions): Program {
  const lifeline = pathToFileURL(path.join(home, 'scripts', 'lifeline.ts')).href;
  let child: ChildProcess | undefined;
  let expected = false;
  const running = () => child !== undefined && child.exitCode === null && child.signalCode === null;

  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    if (!child || !running()) return;
    expected = true;
    const begun = performance.now();
    const exited = once(child, 'exit');
    child.kill(signal);
    const late = setTimeout(() => child?.kill('SIGKILL'), 60_000);
    const [code] = (await exited) as [number | null];
    clearTimeout(late);
    if (signal === 'SIGTERM')
      history.write({ what: 'ended', program: name, code, ms: Math.round(performance.now() - begun) });
  };

  return {
    name,
    pid: () => child?.pid,
    running,
    async start() {
      if (running()) throw new Error(`${name} runs already`);
      expected = false;
      const log = fs.openSync(logFile, 'a');
      // A group of its own, and a channel that closes when this process dies: nothing is left behind.
      const started = spawn(process.execPath, ['--import', lifeline, file], {
        cwd: home,
        env,
        detached: true,
        stdio: ['ignore', log, log, 'ipc'],
      });
      fs.closeSync(log);
      child = started;
      const ready = new Promise<true>((resolve) =>
        started.on('message', (message) => message === 'ready' && resolve(true)),
      );
      const exited = new Promise<string>((resolve) => {
        started.once('exit', (code, signal) => {
          const how = String(signal ?? code);
          if (!expected) history.write({ what: 'died', program: name, how });
          resolve(how);
        });
      });
      const outcome = await Promise.race([ready, exited, sleep(READY_WITHIN_MS, 'silence', { ref: false })]);
      // Killed by the nemesis while it started: not its fault.
      if (outcome !== true && !expected) throw new Error(`${name} did not become ready (${outcome}): see ${logFile}`);
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}
