import { getConnInfo } from '@hono/node-server/conninfo';
import { isLocalRequest } from '@windlass/config/loopback';
import { createMiddleware } from 'hono/factory';

/**
 * The mailbox holds links that open: only this machine reads it, under its own name. A page elsewhere that points its
 * name here (DNS rebinding) or a proxy that makes us public is told nothing; another site's page may not press a switch
 * either.
 */
export const localOnly = createMiddleware(async (c, next) => {
  const site = c.req.header('sec-fetch-site');
  const foreign =
    site !== undefined &&
    site !== 'same-origin' &&
    site !== 'none' &&
    (c.req.method !== 'GET' || c.req.header('sec-fetch-mode') !== 'navigate');
  if (foreign || !isLocalRequest({ peer: getConnInfo(c).remote.address, headers: c.req.header() })) {
    return c.text('The sandbox answers this machine alone, at 127.0.0.1 or localhost.', 403);
  }
  return next();
});
