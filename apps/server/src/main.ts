import type { Server } from 'node:http';
import { openCache } from '@windlass/cache/open-cache';
import { uploadLimits } from '@windlass/capabilities/artwork/upload-limits';
import { recogniseDatabase } from '@windlass/capabilities/deliveries/operations';
import { createLogger } from '@windlass/config/logger';
import { EXIT_MISCONFIGURED } from '@windlass/config/parse-env';
import { openDatabase } from '@windlass/db/open-database';
import { createReportsSql } from '@windlass/db/reports-sql';
import { listenForWakes } from '@windlass/db/wake';
import { LIVE_WAKE } from '@windlass/live/event';
import { openHub } from '@windlass/live/hub';
import { openStorage } from '@windlass/storage/open-storage';
import { withCloudFront } from '@windlass/storage/with-cloudfront';
import { timeStorage } from '@windlass/storage/wrap-storage';
import { createApp } from './create-app.ts';
import { createDemoControls } from './demo/demo-controls.ts';
import { closeDemoAccounts, isOnlyHere } from './demo/demo-people.ts';
import { troubleStorage } from './demo/trouble-storage.ts';
import { env } from './env.ts';
import { hearNews } from './hear-news.ts';
import { createHttpServer } from './http-server.ts';
import { createMetrics } from './metrics.ts';

const log = createLogger('server', env.LOG_LEVEL);
const report = (error: Error) => log.error({ err: error }, 'background error');
const metrics = createMetrics();

const database = openDatabase({
  url: env.DATABASE_URL,
  poolSize: env.DATABASE_POOL,
  applicationName: 'windlass server',
  report,
  onStatement: (op, ms) => metrics.statements.observe({ op }, ms / 1000),
});
const replica = env.DATABASE_REPLICA_URL
  ? openDatabase({
      url: env.DATABASE_REPLICA_URL,
      poolSize: 4,
      applicationName: 'windlass reports',
      report,
      onStatement: (op, ms) => metrics.statements.observe({ op }, ms / 1000),
    })
  : undefined;
const { CDN_URL, CDN_KEY_PAIR_ID, CDN_PRIVATE_KEY, CDN_SECONDS } = env;
const objects = openStorage(env.STORAGE_URL);
const served =
  CDN_URL && CDN_KEY_PAIR_ID && CDN_PRIVATE_KEY
    ? withCloudFront(objects, {
        url: CDN_URL,
        keyPairId: CDN_KEY_PAIR_ID,
        privateKey: CDN_PRIVATE_KEY,
        seconds: CDN_SECONDS,
      })
    : objects;
const store = timeStorage(served, (op, result, ms) => metrics.storage.observe({ op, result }, ms / 1000));
const storage = env.DEMO_SANDBOX_URL ? troubleStorage(store, database.sql) : store;
const wakes = listenForWakes(env.DATABASE_URL, report);
const cache = openCache({ url: env.CACHE_URL, report: (error) => log.warn({ err: error.cause }, error.message) });
const hub = await openHub(database.sql, { secret: env.AUTH_SECRET, report, onNews: hearNews(cache) });
wakes.on(LIVE_WAKE, () => void hub.poll().catch(report));
metrics.watch({ database, hub, cache });
if ((await recogniseDatabase(database)) === 'restored')
  log.warn('this is a restored backup: messages are held until an admin releases them');
if (!isOnlyHere(env)) {
  const closed = await closeDemoAccounts(database);
  if (closed.length > 0)
    log.warn(
      { count: closed.length },
      'the demo’s people have no password any more: this house can be reached from elsewhere. Reset one by mail',
    );
}

const stopping = new AbortController();
const app = createApp({
  services: {
    database,
    reports: replica
      ? createReportsSql(database.sql, replica.sql, (error) => log.warn({ err: error.cause }, error.message))
      : database.sql,
    cache,
    storage,
    demo: env.DEMO_SANDBOX_URL ? createDemoControls(env.DEMO_SANDBOX_URL) : undefined,
    settings: {
      publicUrl: env.PUBLIC_URL,
      undoSeconds: env.UNDO_SECONDS,
      linkSecret: env.LINK_SECRET,
      cursorSecret: env.AUTH_SECRET,
      trustProxy: env.TRUST_PROXY,
      pictures: env.PICTURES_URL,
      uploadLimits: uploadLimits(env),
    },
  },
  authSecret: env.AUTH_SECRET,
  hub,
  log,
  metrics,
  metricsToken: env.METRICS_TOKEN,
  streamLimits: { perSession: env.STREAMS_PER_SESSION, perPerson: env.STREAMS_PER_PERSON },
  hstsSubdomains: env.HSTS_SUBDOMAINS,
  securityContact: env.SECURITY_CONTACT,
  stopping: stopping.signal,
});

const server = createHttpServer(app.fetch);
server.listen(env.PORT, env.HOST, () => {
  log.info({ port: env.PORT }, 'listening');
  process.send?.('ready'); // to the launcher, whatever the log level
});
server.on('error', (error: NodeJS.ErrnoException) => {
  log.error({ err: error }, error.code === 'EADDRINUSE' ? `port ${env.PORT} is taken; set PORT` : 'cannot listen');
  process.exit(error.code === 'EADDRINUSE' ? EXIT_MISCONFIGURED : 1);
});

process.on('unhandledRejection', (reason) => report(reason instanceof Error ? reason : new Error(String(reason))));
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(server));

/**
 * Red at the door, streams told to go, running requests finished, connections closed. Ten seconds, then out regardless.
 */
async function stop(http: Server): Promise<void> {
  setTimeout(() => process.exit(1), 10_000).unref();
  stopping.abort();
  await new Promise<void>((closed) => {
    http.close(() => closed());
    http.closeIdleConnections();
    setTimeout(() => http.closeAllConnections(), 5_000).unref();
  });
  await hub.close();
  await wakes.close();
  await cache.close();
  await storage.close();
  await replica?.close();
  await database.close();
  process.exit(0);
}
