import type { HttpEnv } from '@windlass/capabilities/kit/http';
import { newId } from '@windlass/db/ids';
import { countStatements } from '@windlass/db/statement-count';
import type { Logger } from '@windlass/config/logger';
import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import { appRouter } from './app-router.ts';
import type { Metrics } from './metrics.ts';

const SLOW_MS = 1000;

/** The trace id of a W3C traceparent, so that our lines join the caller's; else an id of ours. */
function requestIdFrom(traceparent: string | undefined): string {
  return /^[\da-f]{2}-([\da-f]{32})-[\da-f]{16}-[\da-f]{2}$/.exec(traceparent ?? '')?.[1] ?? newId('req');
}

/**
 * Gives every request its id and log, counts its time and statements. The log names the route's pattern: a URL may hold
 * a token.
 */
export function requestScope(log: Logger, metrics: Metrics): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const requestId = requestIdFrom(c.req.header('traceparent'));
    c.set('requestId', requestId);
    c.set('startedAt', performance.now());
    c.set('log', log.child({ reqId: requestId }));
    const { statements } = await countStatements(() => next());
    c.header('x-request-id', requestId);

    const route = routeOf(routePath(c), c.req.path); // of the handler that answered
    const seconds = (performance.now() - c.get('startedAt')) / 1000;
    metrics.requests.observe({ route, method: c.req.method, status: c.res.status }, seconds);
    if (statements > 0) metrics.statementsPerRequest.observe({ route }, statements);
    const line = { route, method: c.req.method, status: c.res.status, ms: Math.round(seconds * 1000), statements };
    // 503 is how a flood is turned away: a line for each would be a flood of its own. An outage has been logged with
    // its reason.
    if ((c.res.status >= 500 && c.res.status !== 503) || line.ms > SLOW_MS)
      c.get('log').warn(line, line.ms > SLOW_MS ? 'slow request' : 'request');
    else c.get('log').debug(line, 'request');
  };
}

const TRPC = '/api/trpc/';
const procedures = new Set(Object.keys(appRouter._def.procedures));

/**
 * tRPC has one pattern for all its procedures; their names are public and few, so they make better labels. A name we do
 * not have may be anything a stranger sends, secrets included, and must become neither a log line nor one more series
 * of the metrics.
 */
function routeOf(pattern: string, path: string): string {
  if (!path.startsWith(TRPC)) return pattern;
  const names = path.slice(TRPC.length).split(',').slice(0, 3);
  return TRPC + names.map((name) => (procedures.has(name) ? name : 'unknown')).join(',');
}
