import type { ChildAnswer, ChildRendered, ChildTask } from './child-messages.ts';
import { ImageRefused } from './image-refused.ts';
import { MachineBusy } from './machine-busy.ts';
import { createMegapixelBudget } from './megapixel-budget.ts';
import { type AskOptions, type Child, type ChildCeilings, ChildDied, NotBegun, startChild } from './start-child.ts';

export type ChildPoolOptions = ChildCeilings & { children: number; timeoutMs: number; log: (line: string) => void };
export type ChildPool = {
  /**
   * Lets a child do it. Throws ImageRefused where the picture is at fault, which includes the death of the child;
   * MachineBusy; the signal's reason.
   */
  run: (task: ChildTask, options?: Omit<AskOptions, 'timeoutMs'>) => Promise<ChildRendered>;
  stats: () => { children: number; childPeakBytes: number; childrenKilled: number };
  close: () => Promise<void>;
};

/** A decoder that leaks a little a picture never gets far. */
const PICTURES_A_CHILD = 500;
/** Nor does one that keeps what a large picture needed: part of its ceiling that it may hold at rest. */
const REST_AT_MOST = 0.5;
const MOST_TRIES = 3;

/** Children that decode, started when they are needed. One that dies takes its picture along and nothing else. */
export function createChildPool(options: ChildPoolOptions): ChildPool {
  const { children: most, memoryMegabytes, cpuMs, timeoutMs, log } = options;
  const all = new Set<Child>();
  const idle: { child: Child; done: number }[] = [];
  const turns = createMegapixelBudget(most); // the same line, where everybody weighs 1
  const stats = { childPeakBytes: 0, childrenKilled: 0 };
  const closedError = () => new Error('the image pipeline is closed');
  let closed = false;

  const take = (): { child: Child; done: number } => {
    for (let next = idle.pop(); next; next = idle.pop()) {
      if (next.child.alive()) return next;
      all.delete(next.child);
    }
    const child = startChild({ memoryMegabytes, cpuMs });
    all.add(child);
    return { child, done: 0 };
  };
  const giveBack = async (child: Child, done: number, { restBytes }: ChildAnswer) => {
    if (done < PICTURES_A_CHILD && restBytes < memoryMegabytes * 1e6 * REST_AT_MOST && !closed) {
      idle.push({ child, done });
      return;
    }
    all.delete(child);
    await child.end(closedError());
  };
  const note = (error: ChildDied) => {
    stats.childrenKilled += 1;
    if (error.refusal.code === 'TOO_MUCH_MEMORY')
      stats.childPeakBytes = Math.max(stats.childPeakBytes, memoryMegabytes * 1e6);
    log(`a child of the image pipeline ended at a picture (${error.message})`);
  };

  return {
    async run(task, { signal, onStep } = {}) {
      const leave = await turns.enter(1, signal);
      try {
        for (let tries = 1; ; tries++) {
          if (closed) throw closedError();
          signal?.throwIfAborted();
          const { child, done } = take();
          try {
            const answer = await child.ask(task, { timeoutMs, signal, onStep });
            stats.childPeakBytes = Math.max(stats.childPeakBytes, answer.peakBytes);
            await giveBack(child, done + 1, answer);
            return resultOf(answer);
          } catch (error) {
            if (!child.alive()) all.delete(child);
            if (error instanceof NotBegun && tries < MOST_TRIES) continue;
            if (error instanceof NotBegun)
              throw new Error(`no child of the image pipeline starts (${error.message})`, { cause: error });
            if (error instanceof MachineBusy) log(`a child of the image pipeline was ended: ${error.message}`);
            if (!(error instanceof ChildDied)) throw error;
            note(error);
            throw error.refusal;
          }
        }
      } finally {
        leave();
      }
    },
    stats: () => ({ children: [...all].filter((child) => child.alive()).length, ...stats }),
    async close() {
      closed = true;
      await Promise.all([...all].map((child) => child.end(closedError())));
      all.clear();
    },
  };
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
