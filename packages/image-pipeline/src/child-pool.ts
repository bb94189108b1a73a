import { type ChildProcess, fork } from 'node:child_process';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { type ChildAnswer, type ChildRendered, type ChildTask, EXIT_TOO_MUCH_MEMORY } from './child-messages.ts';
import { childEnvironment } from './env.ts';
import { ImageRefused } from './image-refused.ts';

export type ChildPoolOptions = { children: number; memoryMegabytes: number; timeoutMs: number; log: (line: string) => void };
export type ChildPool = {
  /** Lets a child do it. Throws ImageRefused where the picture is at fault, which includes the death of the child; and the signal's reason. */
  run: (task: ChildTask, signal?: AbortSignal) => Promise<ChildRendered>;
  stats: () => { children: number; childPeakBytes: number; childrenKilled: number };
  close: () => Promise<void>;
};

const ENTRY = fileURLToPath(new URL('./child/main.ts', import.meta.url));
/** A decoder that leaks a little a picture never gets far. */
const PICTURES_A_CHILD = 500;
const MOST_TRIES = 3;

/** Nobody waits for a picture as for an answer: servers on the same machine come first. */
const NICE = 10;
function lower(pid: number | undefined): void {
  try {
    if (pid !== undefined) os.setPriority(pid, NICE);
  } catch {
    // ended already, or a system that does not allow it
  }
}

type Child = { process: ChildProcess; done: number };

/** Children that decode, started when they are needed. One that dies takes its picture along and nothing else. */
export function createChildPool({ children: most, memoryMegabytes, timeoutMs, log }: ChildPoolOptions): ChildPool {
  const all = new Set<ChildProcess>();
  const idle: Child[] = [];
  const waiting: (() => void)[] = [];
  let busy = 0;
  let closed = false;
  const stats = { childPeakBytes: 0, childrenKilled: 0 };

  const start = (): Child => {
    const child = fork(ENTRY, [String(memoryMegabytes)], { execArgv: [], env: childEnvironment, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    all.add(child);
    lower(child.pid);
    child.once('exit', () => all.delete(child));
    return { process: child, done: 0 };
  };
  const take = async (): Promise<Child> => {
    while (busy >= most) await new Promise<void>((free) => waiting.push(free));
    if (closed) throw new Error('the image pipeline is closed');
    busy += 1;
    let child = idle.pop();
    while (child && !child.process.connected) child = idle.pop();
    return child ?? start();
  };
  const giveBack = (child: Child) => {
    busy -= 1;
    if (!child.process.connected || child.done >= PICTURES_A_CHILD || closed) child.process.kill('SIGKILL');
    else idle.push(child);
    waiting.shift()?.();
  };

  return {
    async run(task, signal) {
      for (let tries = 1; ; tries++) {
        const child = await take();
        try {
          signal?.throwIfAborted();
          const answer = await ask(child.process, task, { timeoutMs, signal });
          child.done += 1;
          stats.childPeakBytes = Math.max(stats.childPeakBytes, answer.peakBytes);
          return resultOf(answer);
        } catch (error) {
          // It had died between two pictures: this one has done it no harm.
          if (error instanceof NotSent && tries < MOST_TRIES) continue;
          if (!(error instanceof ChildDied)) throw error;
          stats.childrenKilled += 1;
          if (error.refusal.code === 'TOO_MUCH_MEMORY') stats.childPeakBytes = Math.max(stats.childPeakBytes, memoryMegabytes * 1_000_000);
          log(`a child of the image pipeline ended at a picture (${error.message})`);
          throw error.refusal;
        } finally {
          giveBack(child);
        }
      }
    },
    stats: () => ({ children: all.size, ...stats }),
    async close() {
      closed = true;
      const ends = [...all].map((child) => new Promise<void>((gone) => (child.exitCode === null && child.signalCode === null ? child.once('exit', () => gone()) : gone())));
      for (const child of all) child.kill('SIGKILL');
      await Promise.all(ends);
    },
  };
}

/** The child was no more when it was asked. */
class NotSent extends Error {}

/** The child is no more, and why that is the picture's doing. */
class ChildDied extends Error {
  readonly refusal: ImageRefused;
  constructor(how: string, refusal: ImageRefused) {
    super(how);
    this.refusal = refusal;
  }
}

const refusals = {
  memory: () => new ImageRefused('TOO_MUCH_MEMORY', 'This picture needs more memory than one picture may have.'),
  time: (ms: number) => new ImageRefused('TOO_SLOW', `This picture could not be read within ${Math.round(ms / 1000)} seconds.`),
  crash: () => new ImageRefused('BROKEN_IMAGE', 'This picture is damaged so that its reader gave up.'),
};

/** One task and its answer. A child that is silent for too long, or whose asker has gone, is ended. */
function ask(child: ChildProcess, task: ChildTask, { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal | undefined }): Promise<ChildAnswer> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      child.removeListener('message', onMessage);
      child.removeListener('exit', onExit);
      end();
    };
    const kill = (error: Error) => settle(() => {
      child.disconnect();
      child.kill('SIGKILL');
      reject(error);
    });
    const onMessage = (answer: ChildAnswer) => settle(() => resolve(answer));
    const onExit = (code: number | null, how: string | null) => settle(() => reject(new ChildDied(
      `exit ${code ?? how}`,
      // The kernel's own way to say the same.
      code === EXIT_TOO_MUCH_MEMORY || how === 'SIGKILL' ? refusals.memory() : refusals.crash(),
    )));
    const onAbort = () => kill(signal!.reason as Error);
    const timer = setTimeout(() => kill(new ChildDied(`no answer in ${timeoutMs} ms`, refusals.time(timeoutMs))), timeoutMs);
    child.once('message', onMessage);
    child.once('exit', onExit);
    signal?.addEventListener('abort', onAbort, { once: true });
    child.send(task, (error) => {
      if (error) kill(new NotSent(error.message));
    });
  });
}

function resultOf(answer: ChildAnswer): ChildRendered {
  switch (answer.kind) {
    case 'done':
      return answer.result;
    case 'refused':
      throw new ImageRefused(answer.code, answer.sentence, new Error(answer.detail));
    case 'failed':
      throw new Error(answer.message);
  }
}
