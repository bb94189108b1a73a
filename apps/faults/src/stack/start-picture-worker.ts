import { fork } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { ownEnvironment } from '../env.ts';
import type { History } from '../history.ts';
import type { PictureAnswer, PictureAsked, PictureSaid } from './render-pictures.ts';
import { type ChildrenWatch, watchChildren } from './watch-children.ts';

const PROGRAM = path.join(import.meta.dirname, 'render-pictures.ts');
/** Promised are 10 s; what takes longer than this has hung, and so has its worker. */
const HUNG_MS = 15_000;

export type PictureWorker = {
  /** What became of the file; undefined where the worker died over it or hung. */
  ask(asked: PictureAsked): Promise<PictureAnswer | undefined>;
  /** Whether it still takes files. */
  running(): boolean;
  /** Closes the pipeline and ends it. */
  stop(): Promise<void>;
  /** bytes; `before` is that of the idle worker, before its first file */
  memory(): { before: number; most: number };
  /** of the pipeline, when it was stopped; undefined where the worker died */
  stats(): Extract<PictureSaid, { stats: unknown }>['stats'] | undefined;
  children: ChildrenWatch;
};

export type PictureWorkerOptions = { history: History; /** its temporary folder */ temporary: string; logFile: string };

/**
 * The program that works on pictures, as a process of its own; dying on its own account is written into the history.
 */
export async function startPictureWorker({
  history,
  temporary,
  logFile,
}: PictureWorkerOptions): Promise<PictureWorker> {
  const log = fs.openSync(logFile, 'a');
  const env = { ...ownEnvironment(), TMPDIR: temporary };
  const child = fork(PROGRAM, { env, execArgv: [], stdio: ['ignore', log, log, 'ipc'] });
  fs.closeSync(log);
  const waiting = new Map<number, (answer: PictureAnswer | undefined) => void>();
  const memory = { before: 0, most: 0 };
  let stats: Extract<PictureSaid, { stats: unknown }>['stats'] | undefined;
  let expected = false;
  const exited = once(child, 'exit').then(([code, signal]) => {
    if (!expected) history.write({ what: 'died', program: 'picture worker', how: String(signal ?? code) });
    for (const answer of waiting.values()) answer(undefined);
  });
  child.on('message', (said: PictureSaid) => {
    if ('number' in said) waiting.get(said.number)?.(said);
    else if ('stats' in said) stats = said.stats;
    else {
      memory.before ||= said.memory;
      memory.most = Math.max(memory.most, said.memory);
    }
  });
  const children = watchChildren(child.pid!);
  await Promise.race([once(child, 'message'), exited]);
  return {
    memory: () => memory,
    stats: () => stats,
    running: () => child.connected,
    children,
    async ask(asked) {
      const late = setTimeout(() => child.kill('SIGKILL'), HUNG_MS);
      try {
        return await new Promise((resolve) => {
          waiting.set(asked.number, resolve);
          if (child.connected) child.send(asked);
          else resolve(undefined);
        });
      } finally {
        clearTimeout(late);
        waiting.delete(asked.number);
      }
    },
    async stop() {
      expected = true;
      if (child.connected) child.send('stop');
      const late = setTimeout(() => child.kill('SIGKILL'), HUNG_MS);
      await exited;
      clearTimeout(late);
      children.stop();
    },
  };
}
