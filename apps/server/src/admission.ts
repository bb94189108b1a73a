import { answerError, type HttpEnv } from '@windlass/capabilities/kit/http';
import type { MiddlewareHandler } from 'hono';

export type AdmissionOptions = {
  /** requests that wait for a database connection now */
  waiting: () => number;
  /** so many must wait before anybody is turned away: one slow statement alone is no crowd */
  crowd: number;
  onRefused: () => void;
};

/** Below the 2 s after which a request that waits for a connection is given up: who would come too late is told at once. */
const MOST_WAIT_MS = 1_000;

/**
 * Turns requests away at the door while those inside have waited too long already: a queue that grows beyond patience serves nobody.
 * It needs no rate to be set: how long the oldest request has been inside is how long a new one would wait.
 */
export function admission({ waiting, crowd, onRefused }: AdmissionOptions): MiddlewareHandler<HttpEnv> {
  /** When each request inside came in; a set keeps the order of arrival. */
  const inside = new Set<{ since: number }>();
  return async (c, next) => {
    const now = performance.now();
    const [oldest] = inside;
    if (oldest && now - oldest.since > MOST_WAIT_MS && waiting() >= crowd) {
      onRefused();
      c.header('retry-after', '1');
      return answerError(c, { status: 503, code: 'BUSY', message: 'We are too busy just now. Try again in a second.' });
    }
    const entry = { since: now };
    inside.add(entry);
    try {
      await next();
    } finally {
      inside.delete(entry);
    }
  };
}
