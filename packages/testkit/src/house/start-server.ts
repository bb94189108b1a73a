import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { UploadLimits } from '@windlass/capabilities/artwork/upload-limits';
import type { Database } from '@windlass/db/open-database';
import { readServerEnv } from '@windlass/server/env';
import { createHttpServer } from '@windlass/server/http-server';
import type { Metrics } from '@windlass/server/metrics';
import { type OpenServer, openServer } from '@windlass/server/open-server';
import { type CapturedLog, captureLog } from './capture-log.ts';
import { countStorage, type StorageCalls } from './count-storage.ts';
import { AUTH_SECRET, LINK_SECRET, SEAL_KEYS } from './settings.ts';

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
  /** Default: those of the tests. */
  secrets?: { AUTH_SECRET?: string; SEAL_KEYS?: string | undefined };
  /** Further variables of the environment, for server and worker alike. */
  env?: Readonly<Record<string, string>>;
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

const gigabytes = (bytes: number | undefined) => (bytes === undefined ? undefined : String(bytes / 1e9));

/** The server of apps/server inside this process, on a loopback port. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const log = captureLog('server');
  let storageCalls: StorageCalls | undefined;

  // Listening comes first: the app is told its own address, with the port the system chose.
  let server: OpenServer | undefined;
  const http = createHttpServer((request, env) => server!.app.fetch(request, env));
  http.listen(options.port ?? 0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const env = readServerEnv({
    PUBLIC_URL: options.publicUrl ?? url,
    DATABASE_URL: options.databaseUrl,
    STORAGE_URL: options.storageUrl,
    AUTH_SECRET,
    LINK_SECRET,
    SEAL_KEYS,
    ...options.secrets,
    UNDO_SECONDS: String(options.undoSeconds ?? 0),
    TRUST_PROXY: String(options.trustProxy ?? false),
    HSTS_SUBDOMAINS: String(options.hstsSubdomains ?? false),
    UPLOAD_LINK_GB: gigabytes(options.uploadLimits?.linkBytes),
    UPLOAD_LINK_STARTS: options.uploadLimits?.linkStarts?.toString(),
    UPLOAD_SHOP_GB: gigabytes(options.uploadLimits?.shopBytes),
    ...options.env,
  });
  server = await openServer(env, {
    log: log.log,
    report: options.report,
    wrapStorage(stored) {
      const { storage, calls } = countStorage(stored);
      storageCalls = calls;
      return storage;
    },
  });
  const { app, database, metrics, stop, close } = server;

  return {
    url,
    port,
    database,
    storageCalls: storageCalls!,
    metrics,
    log,
    routes: app.routes.map(({ method, path }) => ({ method, path })),
    async stop() {
      stop();
      const closed = once(http, 'close');
      http.close();
      http.closeAllConnections();
      await closed;
      await close();
    },
  };
}
