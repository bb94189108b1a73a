import { answerError, type HttpEnv } from '@windlass/capabilities/kit/http';
import type { MiddlewareHandler } from 'hono';

/**
 * So many requests may be inside at once. At the few milliseconds a request takes, the last of them waits about a second: who came later
 * would wait in vain, and each one more would slow all the others.
 */
export const MOST_INSIDE = 256;

/**
 * Turns requests away at the door, before anything is read or looked up for them, while too many are inside. It needs no rate to be set:
 * a fast server empties itself, a slow one says so at once.
 */
export function admission(onRefused: () => void): MiddlewareHandler<HttpEnv> {
  let inside = 0;
  return async (c, next) => {
    if (inside >= MOST_INSIDE) {
      onRefused();
      c.header('retry-after', '1');
      return answerError(c, { status: 503, code: 'BUSY', message: 'We are too busy just now. Try again in a second.' });
    }
    inside += 1;
    try {
      await next();
    } finally {
      inside -= 1;
    }
  };
}
