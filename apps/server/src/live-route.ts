import { readSession, sessionIsAlive } from '@windlass/auth/read-session';
import { answerError, type HttpEnv } from '@windlass/capabilities/kit/http';
import { capabilityNames } from '@windlass/capabilities/names';
import type { Database } from '@windlass/db/open-database';
import type { Hub } from '@windlass/live/hub';
import { openStream } from '@windlass/live/open-stream';
import { Hono } from 'hono';
import { countStreams, type StreamLimits } from './count-streams.ts';

const FULL_SECONDS = 5;
/** Sessions have ended: packages/capabilities/operations/server/end-sessions.ts tells. */
const ENDINGS = new Set(['sessions']);

/** `jobs` is the queue package's own topic. */
const topics: ReadonlySet<string> = new Set([...capabilityNames, 'jobs']);

export type LiveOptions = {
  database: Database;
  hub: Hub;
  baseUrl: string;
  secret: string;
  limits: StreamLimits;
  stopping: AbortSignal;
  onDrop: (reason: string) => void;
  report: (error: Error) => void;
};

/** GET /api/live?topics=orders,jobs : one stream a browser, everything it wants to hear multiplexed. */
export function liveRoute(options: LiveOptions): Hono<HttpEnv> {
  const { database, hub } = options;
  const streams = countStreams(options.limits);
  return new Hono<HttpEnv>().get('/', async (c) => {
    const person = await readSession(c, database.sql, options);
    if (!person) return answerError(c, { status: 401, code: 'SIGN_IN', message: 'Sign in first.' });
    const wanted = new Set((c.req.query('topics') ?? '').split(',').filter((topic) => topics.has(topic)));
    if (wanted.size === 0)
      return answerError(c, { status: 422, code: 'INVALID', message: `Name topics out of ${[...topics].join(', ')}.` });
    const leave = streams.take({ sessionId: person.sessionId, personId: person.id });
    if (!leave) {
      c.header('retry-after', String(FULL_SECONDS));
      return answerError(c, {
        status: 429,
        code: 'TOO_MANY_STREAMS',
        message: 'Too many windows of yours listen already. Close one; this one goes on without live news until then.',
      });
    }
    return openStream({
      hub,
      sql: database.sql,
      shopId: person.shopId,
      topics: wanted,
      // A browser that reopens a stream by hand cannot set the header.
      lastEventId: c.req.header('last-event-id') ?? c.req.query('lastEventId'),
      allowed: () => sessionIsAlive(database.sql, person.sessionId),
      recheckTopics: ENDINGS,
      stopping: options.stopping,
      onDrop: options.onDrop,
      onEnd: leave,
      report: options.report,
    });
  });
}
