import { serve } from '@hono/node-server';
import { readSession } from '@windlass/auth/read-session';
import { openDatabase } from '@windlass/db/open-database';
import { Hono } from 'hono';
import { listOrders } from '../../../../packages/capabilities/orders/server/list-orders.ts';
import type { SignedInContext } from '@windlass/capabilities/kit/server-context';
import { AUTH_SECRET, LINK_SECRET } from '../world/secrets.ts';

// The twin of a procedure: a bare Hono route that looks up the session, calls the same operation and answers JSON. No
// dispatch, no schemas, no log, no metrics.
const [port, databaseUrl, baseUrl] = process.argv.slice(2) as [string, string, string];
const database = openDatabase({ url: databaseUrl, poolSize: 12, applicationName: 'raw server', report: console.error });
const settings = {
  publicUrl: baseUrl,
  undoSeconds: 10,
  linkSecret: LINK_SECRET,
  cursorSecret: AUTH_SECRET,
  trustProxy: false,
};
const app = new Hono();
app.get('/list', async (c) => {
  const person = await readSession(c, database.sql, { baseUrl, secret: AUTH_SECRET });
  if (!person) return c.text('who is it?', 401);
  const context = {
    services: { database, settings },
    person,
    requestId: '',
    startedAt: 0,
  } as unknown as SignedInContext;
  return c.json(await listOrders(context, { tab: 'all', limit: Number(c.req.query('limit')) }));
});
serve({ fetch: app.fetch, port: Number(port), hostname: '127.0.0.1' }, () => process.send!('ready'));
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send!({ kind: 'usage', cpuMs: (user + system) / 1000, rssKb: process.memoryUsage.rss() / 1024 });
});
process.on('SIGTERM', () => process.exit(0));
