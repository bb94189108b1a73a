import { isBehindUnknownProxy } from '@windlass/auth/client-address';
import { readSession } from '@windlass/auth/read-session';
import { isSameOriginJson } from '@windlass/auth/same-origin';
import { MOST_CALLS } from '@windlass/capabilities/kit/batch-limit';
import { answerError, type HttpEnv } from '@windlass/capabilities/kit/http';
import { isOverload } from '@windlass/capabilities/kit/overload';
import type { ServerServices } from '@windlass/capabilities/kit/server-context';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { Hono } from 'hono';
import { appRouter } from './app-router.ts';

/** tRPC below /api/trpc. GET asks, POST changes; who sends it is looked up once a request, in one statement. */
export function trpcRoute(services: ServerServices, secret: string): Hono<HttpEnv> {
  const { database, settings } = services;
  const app = new Hono<HttpEnv>();
  app.all('/*', async (c) => {
    if (c.req.method === 'POST' && !isSameOriginJson(c, settings.publicUrl)) {
      return answerError(c, {
        status: 403,
        code: 'CROSS_SITE',
        message: 'Changes are accepted from this site’s own pages only.',
      });
    }
    const person = await readSession(c, database.sql, { baseUrl: settings.publicUrl, secret });
    const log = c.get('log').child({ userId: person?.id });
    return fetchRequestHandler({
      endpoint: '/api/trpc',
      req: c.req.raw,
      router: appRouter,
      maxBatchSize: MOST_CALLS,
      createContext: () => ({
        services,
        person,
        requestId: c.get('requestId'),
        idempotencyKey: c.req.header('idempotency-key'),
        log,
        behindUnknownProxy: isBehindUnknownProxy(c, settings.trustProxy),
        startedAt: c.get('startedAt'),
      }),
      onError({ error, path }) {
        if (error.code === 'INTERNAL_SERVER_ERROR') log.error({ err: error.cause ?? error, path }, 'procedure failed');
      },
      responseMeta({ errors }) {
        const headers = new Headers({ 'cache-control': 'no-store' });
        if (!errors.some(isOverload)) return { headers };
        headers.set('retry-after', '1');
        return { headers, status: 503 };
      },
    });
  });
  return app;
}
