import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { readEnv } from './env.ts';
import { localOnly } from './local-only.ts';
import { plugList } from './plugs.ts';

/** It plays the outside world for one machine and is never meant to be reached from another. */
const ADDRESS = '127.0.0.1';

const env = readEnv();
const port = env.SANDBOX_PORT;
const worlds = await Promise.all(plugList.map((plug) => plug.open({ address: ADDRESS, port }, env)));

const app = new Hono();
app.use(localOnly);
app.get('/', (c) => c.redirect(worlds[0]!.path));
app.get('/healthz', (c) => c.json({ ok: true }));
for (const { path, routes } of worlds) app.route(path, routes);

const http = serve({ fetch: app.fetch, hostname: ADDRESS, port }, () => {
  const where = worlds.map(({ path, tells }) => `http://${ADDRESS}:${port}${path} (${tells})`);
  console.log(`sandbox ready: ${where.join(', ')}`);
});

async function stop(): Promise<void> {
  http.close();
  if ('closeAllConnections' in http) http.closeAllConnections();
  await Promise.all(worlds.map((world) => world.close()));
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    // A reply held back by a fault keeps a timer of up to two minutes; nobody waits for it once the world ends.
    void stop().then(() => process.exit(0));
  });
}
