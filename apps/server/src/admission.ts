import { answerError, type HttpEnv } from '@windlass/capabilities/kit/http';
import type { MiddlewareHandler } from 'hono';

/** So many requests are worked on at once: more than there are database connections, so that none of those is ever idle. */
const MOST_ACTIVE = 32;
/** So many more may wait for their turn, which costs next to nothing. Whoever comes then is told to come back. */
const MOST_WAITING = 256;
/** A turn that comes later than this comes too late. In ms. */
const PATIENCE_MS = 1_000;

export const MOST_INSIDE = MOST_ACTIVE + MOST_WAITING;

type Waiter = { since: number; go: (served: boolean) => void };

/**
 * Lets requests in by turns, and turns them away at the door, before anything is read or looked up for them, when the line is full. It
 * needs no rate to be set: a fast server empties its line, a slow one says so at once. Worked on all at the same time, a crowd would only
 * make each of its requests slow.
 */
export function admission(onRefused: () => void): MiddlewareHandler<HttpEnv> {
  let active = 0;
  const line: Waiter[] = [];
  const callNext = () => {
    for (let waiter = line.shift(); waiter; waiter = line.shift()) {
      const inTime = performance.now() - waiter.since < PATIENCE_MS;
      waiter.go(inTime);
      if (inTime) return;
    }
    active -= 1;
  };
  /** True: go in. The place is the caller's until `callNext`. */
  const enter = async (): Promise<boolean> => {
    if (active < MOST_ACTIVE) {
      active += 1;
      return true;
    }
    if (line.length >= MOST_WAITING) return false;
    return new Promise((go) => line.push({ since: performance.now(), go }));
  };

  return async (c, next) => {
    if (!(await enter())) {
      onRefused();
      c.header('retry-after', '1');
      return answerError(c, { status: 503, code: 'BUSY', message: 'We are too busy just now. Try again in a second.' });
    }
    try {
      await next();
    } finally {
      callNext();
    }
  };
}
