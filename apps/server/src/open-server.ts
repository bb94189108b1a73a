import { openCache } from '@windlass/cache/open-cache';
import type { HttpEnv } from '@windlass/capabilities/kit/http';
import { joinJobLives, joinJobs, joinMessageSettlers } from '@windlass/capabilities/kit/job-catalogue';
import { sealKeysOf } from '@windlass/capabilities/kit/seal-keys';
import type { CapabilitySettings } from '@windlass/capabilities/kit/server-context';
import type { Logger } from '@windlass/config/logger';
import { type Database, openDatabase } from '@windlass/db/open-database';
import { createReportsSql } from '@windlass/db/reports-sql';
import { listenForWakes } from '@windlass/db/wake';
import { LIVE_WAKE } from '@windlass/live/event';
import { openHub } from '@windlass/live/hub';
import { openStorage } from '@windlass/storage/open-storage';
import type { Storage } from '@windlass/storage/storage';
import { withCloudFront } from '@windlass/storage/with-cloudfront';
import { timeStorage } from '@windlass/storage/wrap-storage';
import type { Hono } from 'hono';
import { createApp } from './create-app.ts';
import { createDemoControls } from './demo/demo-controls.ts';
import { troubleStorage } from './demo/trouble-storage.ts';
import type { ServerEnv } from './env.ts';
import { invalidate } from './invalidate-caches.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { plugList } from './plugs.ts';

export type ServerOptions = {
  log: Logger;
  /** Hears of errors in the background. */
  report: (error: Error) => void;
  /** Looks at what passes through the storage. */
  wrapStorage?: (storage: Storage) => Storage;
};

export type OpenServer = {
  /** Answers requests; the caller listens. */
  app: Hono<HttpEnv>;
  database: Database;
  metrics: Metrics;
  /** Red at the door, and live streams are told to go. Then the caller stops listening, then closes. */
  stop(): void;
  close(): Promise<void>;
};

/** One server, as the program and the tests run it: everything behind the door, its connections and its app. */
export async function openServer(env: ServerEnv, { log, report, wrapStorage }: ServerOptions): Promise<OpenServer> {
  const metrics = createMetrics();
  const open = (url: string, { poolSize, name }: { poolSize: number; name: string }) =>
    openDatabase({
      url,
      poolSize,
      applicationName: name,
      report,
      onStatement: (op, ms) => metrics.statements.observe({ op }, ms / 1000),
    });
  const database = open(env.DATABASE_URL, { poolSize: env.DATABASE_POOL, name: 'windlass server' });
  const replica = env.DATABASE_REPLICA_URL
    ? open(env.DATABASE_REPLICA_URL, { poolSize: 4, name: 'windlass reports' })
    : undefined;
  const warn = (error: Error) => log.warn({ err: error.cause }, error.message);

  const stored = timeStorage(openObjects(env), (op, result, ms) => metrics.storage.observe({ op, result }, ms / 1000));
  const troubled = env.DEMO_SANDBOX_URL ? troubleStorage(stored, database.sql) : stored;
  const storage = wrapStorage ? wrapStorage(troubled) : troubled;
  const wakes = listenForWakes(env.DATABASE_URL, report);
  const cache = openCache({ url: env.CACHE_URL, report: warn });
  const hub = await openHub(database.sql, { secret: env.AUTH_SECRET, report, onEvents: invalidate(cache) });
  wakes.on(LIVE_WAKE, () => void hub.poll().catch(report));
  metrics.watch({ database, hub, cache });
  for (const plug of plugList) await plug.atStart?.({ database, log });
  if (!env.SEAL_KEYS)
    log.warn(
      'SEAL_KEYS is not set: kept secrets open as ever, and none can be entered until it is (README, Configuration)',
    );

  const stopping = new AbortController();
  const app = createApp({
    services: {
      database,
      reports: replica ? createReportsSql(database.sql, replica.sql, warn) : database.sql,
      cache,
      storage,
      jobs: joinJobs(plugList),
      jobLives: joinJobLives(plugList),
      messageSettlers: joinMessageSettlers(plugList),
      previews: Object.assign({}, ...plugList.map(({ previews }) => previews)),
      budgets: plugList.flatMap(({ budgets = [] }) => budgets),
      removedSteps: plugList.flatMap(({ removedSteps = [] }) => removedSteps),
      waiting: Object.assign({}, ...plugList.map(({ waiting }) => waiting)),
      subjects: new Map(plugList.flatMap(({ subjects = {} }) => Object.entries(subjects))),
      demo: env.DEMO_SANDBOX_URL ? createDemoControls(env.DEMO_SANDBOX_URL) : undefined,
      settings: {
        ...(Object.assign({}, ...plugList.map((plug) => plug.settings?.(env))) as CapabilitySettings),
        publicUrl: env.PUBLIC_URL,
        undoSeconds: env.UNDO_SECONDS,
        linkSecret: env.LINK_SECRET,
        cursorSecret: env.AUTH_SECRET,
        sealKeys: sealKeysOf(env),
        trustProxy: env.TRUST_PROXY,
        pictures: env.PICTURES_URL,
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

  return {
    app,
    database,
    metrics,
    stop: () => stopping.abort(),
    async close() {
      await hub.close();
      await wakes.close();
      await cache.close();
      await storage.close();
      await replica?.close();
      await database.close();
    },
  };
}

/** The object storage, with what is downloaded served by CloudFront where that is set up. */
function openObjects({ STORAGE_URL, CDN_URL, CDN_KEY_PAIR_ID, CDN_PRIVATE_KEY, CDN_SECONDS }: ServerEnv): Storage {
  const objects = openStorage(STORAGE_URL);
  if (!CDN_URL || !CDN_KEY_PAIR_ID || !CDN_PRIVATE_KEY) return objects;
  return withCloudFront(objects, {
    url: CDN_URL,
    keyPairId: CDN_KEY_PAIR_ID,
    privateKey: CDN_PRIVATE_KEY,
    seconds: CDN_SECONDS,
  });
}
