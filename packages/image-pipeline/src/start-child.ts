import { type ChildProcess, fork } from 'node:child_process';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { type ChildAnswer, type ChildTask, type ChildWord, CPU_SPENT } from './child-messages.ts';
import { childEnvironment } from './env.ts';
import { ImageRefused } from './image-refused.ts';
import { MachineBusy } from './machine-busy.ts';

export type AskOptions = { timeoutMs: number; signal?: AbortSignal; onStep?: (step: string) => void };

export type Child = {
  /**
   * One task, and its answer. Throws NotBegun, ChildDied, MachineBusy, the signal's reason, or what `end` was told; the
   * child is no more then, and writes nothing any more.
   */
  ask: (task: ChildTask, options: AskOptions) => Promise<ChildAnswer>;
  alive: () => boolean;
  /** Ends it at once; whoever waits for its answer gets `why`. */
  end: (why: Error) => Promise<void>;
};

/** The child ended before it had looked at the picture: another may try. */
export class NotBegun extends Error {}

/** The child is no more, and that is the picture's doing. */
export class ChildDied extends Error {
  readonly refusal: ImageRefused;
  constructor(how: string, refusal: ImageRefused) {
    super(how);
    this.refusal = refusal;
  }
}

const ENTRY = fileURLToPath(new URL('./child/main.ts', import.meta.url));
/** A busy machine starts slowly; one where nothing starts at all is no fault of the picture. */
const START_WITHIN_MS = 20_000;
/** Nobody waits for a picture as for an answer: servers on the same machine come first. */
const NICE = 10;

/** Ceilings of a child: of its memory, and of the time of a processor that one task may take. It keeps them itself. */
export type ChildCeilings = { memoryMegabytes: number; cpuMs: number };

export function startChild({ memoryMegabytes, cpuMs }: ChildCeilings): Child {
  const child = fork(ENTRY, [String(memoryMegabytes), String(cpuMs)], {
    execArgv: [],
    env: childEnvironment(),
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  let why: Error | undefined;
  let failure: Error | undefined;
  // Could not be started, or its channel broke: either way it ends or is ended, and that is where it is dealt with.
  child.on('error', (error) => {
    failure ??= error;
    child.kill('SIGKILL');
  });
  lowerPriority(child.pid);
  const started = child.pid !== undefined;
  // A child that could not be started never says that it ends.
  const ended = new Promise<void>((resolve) => (started ? child.once('exit', () => resolve()) : resolve()));
  const end = async (reason: Error) => {
    why ??= reason;
    child.kill('SIGKILL');
    await ended;
  };

  return {
    alive: () => started && child.exitCode === null && child.signalCode === null && child.connected && !why,
    end,
    ask: (task, { timeoutMs, signal, onStep }) =>
      new Promise((resolve, reject) => {
        let begun = false;
        let over = false;
        const settle = (finish: () => void) => {
          if (over) return;
          over = true;
          clearTimeout(timer);
          signal?.removeEventListener('abort', onAbort);
          child.removeListener('message', onMessage);
          child.removeListener('exit', onEnd);
          finish();
        };
        const onEnd = () => settle(() => reject(why ?? explainEnd(child, { begun, failure, cpuMs })));
        const onAbort = () => void end(signal!.reason as Error);
        const onMessage = (message: ChildWord | ChildAnswer) => {
          if (message.kind === 'begun') {
            begun = true;
            clearTimeout(timer);
            timer = setTimeout(() => void end(new MachineBusy(timeoutMs / 1000)), timeoutMs);
          } else if (message.kind === 'step') onStep?.(message.step);
          else settle(() => resolve(message));
        };
        let timer = setTimeout(() => void end(new NotBegun(`not begun within ${START_WITHIN_MS} ms`)), START_WITHIN_MS);
        signal?.addEventListener('abort', onAbort, { once: true });
        child.on('message', onMessage);
        child.once('exit', onEnd);
        if (!started) setImmediate(onEnd);
        // One whose channel is closed is about to end.
        else if (child.connected) child.send(task, (error) => error && void end(new NotBegun(error.message)));
      }),
  };
}

const refusals = {
  memory: () => new ImageRefused('TOO_MUCH_MEMORY', 'This picture needs more memory than one picture may have.'),
  work: (ms: number) =>
    new ImageRefused('TOO_SLOW', `This picture takes more than ${Math.max(1, Math.round(ms / 1000))} seconds of work.`),
  crash: () => new ImageRefused('BROKEN_IMAGE', 'This picture is damaged so that its reader gave up.'),
};

type End = { begun: boolean; failure: Error | undefined; cpuMs: number };

/**
 * It ended by itself: SIGKILL is how it ends when it needs too much memory, and how the kernel says the same;
 * CPU_SPENT, too much work.
 */
function explainEnd({ exitCode, signalCode }: ChildProcess, { begun, failure, cpuMs }: End): Error {
  const how = `ended with ${signalCode ?? exitCode ?? 'no code'}${failure ? `: ${failure.message}` : ''}`;
  if (!begun) return new NotBegun(how);
  if (signalCode === CPU_SPENT) return new ChildDied(how, refusals.work(cpuMs));
  return new ChildDied(how, signalCode === 'SIGKILL' ? refusals.memory() : refusals.crash());
}

function lowerPriority(pid: number | undefined): void {
  try {
    if (pid !== undefined) os.setPriority(pid, NICE);
  } catch {
    // ended already, or a system that does not allow it
  }
}
