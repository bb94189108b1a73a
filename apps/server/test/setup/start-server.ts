import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { UploadLimits } from '@windlass/capabilities/artwork/upload-limits';
import { openCache } from '@windlass/cache/open-cache';
import { hearNews } from '../../src/hear-news.ts';
import { type Database, openDatabase } from '@windlass/db/open-database';
import { listenForWakes } from '@windlass/db/wake';
import { LIVE_WAKE } from '@windlass/live/event';
import { openHub } from '@windlass/live/hub';
import { openStorage } from '@windlass/storage/open-storage';
import { createApp } from '../../src/create-app.ts';
import { createHttpServer } from '../../src/http-server.ts';
import { createMetrics, type Metrics } from '../../src/metrics.ts';
import { type CapturedLog, captureLog } from './capture-log.ts';
import { countStorage, type StorageCalls } from './count-storage.ts';
import { AUTH_SECRET, LINK_SECRET } from './settings.ts';

export type ServerOptions = {
  databaseUrl: string;
  storageUrl: string;
  /** 0, the default here: nothing is held back. */
  undoSeconds?: number;
  trustProxy?: boolean;
  hstsSubdomains?: boolean;
  /** What people call the house; its own address, by default. */
  publicUrl?: string;
  /** Default: as in a real house. */
  uploadLimits?: Partial<UploadLimits>;
  /** Hears of errors in the background. */
  report: (error: Error) => void;
  /** To come back where a stopped server was. Default: any free one. */
  port?: number;
};

export type RunningServer = {
  url: string;
  port: number;
  database: Database;
  storageCalls: StorageCalls;
  metrics: Metrics;
  log: CapturedLog;
  /** Every route there is, by method and pattern. */
  routes: { method: string; path: string }[];
  stop(): Promise<void>;
};

/** One HTTP process as src/main.ts wires it, but inside this process: the app on a loopback port, its pool, its hub. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { report } = options;
  const metrics = createMetrics();
  const log = captureLog('server');
  const database = openDatabase({ url: options.databaseUrl, poolSize: 12, applicationName: 'windlass server', report });
  const { storage, calls } = countStorage(openStorage(options.storageUrl));
  const wakes = listenForWakes(options.databaseUrl, report);
  const cache = openCache({ report });
  const hub = await openHub(database.sql, { secret: AUTH_SECRET, report, onNews: hearNews(cache) });
  wakes.on(LIVE_WAKE, () => void hub.poll().catch(report));
  const stopping = new AbortController();

  // Listening comes first: the app is told its own address, with the port the system chose.
  let app: ReturnType<typeof createApp> | undefined;
  const http = createHttpServer((request, env) => app!.fetch(request, env));
  http.listen(options.port ?? 0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  app = createApp({
    services: {
      database,
      reports: database.sql,
      cache,
      storage,
      settings: {
        publicUrl: options.publicUrl ?? url,
        undoSeconds: options.undoSeconds ?? 0,
        linkSecret: LINK_SECRET,
        cursorSecret: AUTH_SECRET,
        trustProxy: options.trustProxy ?? false,
        pictures: '',
        uploadLimits: { linkBytes: 20e9, linkStarts: 200, shopBytes: 200e9, ...options.uploadLimits },
      },
    },
    authSecret: AUTH_SECRET,
    streamLimits: { perSession: 3, perPerson: 20 },
    hstsSubdomains: options.hstsSubdomains ?? false,
    securityContact: undefined,
    hub,
    log: log.log,
    metrics,
    metricsToken: undefined,
    stopping: stopping.signal,
  });

  return {
    url,
    port,
    database,
    storageCalls: calls,
    metrics,
    log,
    routes: app.routes.map(({ method, path }) => ({ method, path })),
    async stop() {
      stopping.abort();
      const closed = once(http, 'close');
      http.close();
      http.closeAllConnections();
      await closed;
      await hub.close();
      await wakes.close();
      await cache.close();
      await storage.close();
      await database.close();
    },
  };
}
