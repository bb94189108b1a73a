import { signInRoutes } from '@windlass/auth/sign-in-routes';
import { answerError, answerThrown, type HttpEnv } from '@windlass/capabilities/kit/http';
import type { ServerServices } from '@windlass/capabilities/kit/server-context';
import type { Entrance, ServerHost } from '@windlass/capabilities/kit/server-plug';
import type { Logger } from '@windlass/config/logger';
import type { Hub } from '@windlass/live/hub';
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { type Admission, createAdmission } from './admission/admission.ts';
import type { StreamLimits } from './count-streams.ts';
import { docsRoute } from './docs-route.ts';
import { healthRoutes } from './health-routes.ts';
import { liveRoute } from './live-route.ts';
import type { Metrics } from './metrics.ts';
import { plugList } from './plugs.ts';
import { publicApi } from './public-api.ts';
import { requestScope } from './request-scope.ts';
import { adminPages, noIndex, pageHeaders, portalPages } from './static-pages.ts';
import { trpcRoute } from './trpc-route.ts';
import { wellKnownRoutes } from './well-known-routes.ts';

export type AppParts = {
  services: ServerServices;
  authSecret: string;
  hub: Hub;
  log: Logger;
  metrics: Metrics;
  metricsToken: string | undefined;
  streamLimits: StreamLimits;
  hstsSubdomains: boolean;
  securityContact: string | undefined;
  /** Aborted when the process is told to stop. */
  stopping: AbortSignal;
};

const KB = 1024;
/** The server's own; each capability names its own in its plug. */
const entrances: readonly Entrance[] = [
  { path: '/api/trpc/*', admit: 'turn', mostBytes: 256 * KB },
  { path: '/api/v1/*', admit: 'turn', mostBytes: 256 * KB },
  { path: '/api/session', admit: 'turn', mostBytes: 0 },
  // What looks at passwords has a line of its own: packages/auth/src/hash-turns.ts.
  { path: '/api/sign-in', admit: 'body', mostBytes: 4 * KB },
  { path: '/api/sign-out', admit: 'body', mostBytes: 4 * KB },
];

/** Every address this server answers, in the order they are tried. */
export function createApp(parts: AppParts): Hono<HttpEnv> {
  const { services, metrics, stopping } = parts;
  const { database, storage, settings } = services;
  const who = { baseUrl: settings.publicUrl, secret: parts.authSecret };
  const host: ServerHost = { services, authSecret: parts.authSecret, metrics: metrics.registry };
  const api = publicApi(host);
  const links = plugList.flatMap((plug) => plug.links ?? []);
  const app = new Hono<HttpEnv>();

  app.use(requestScope(parts.log, metrics));
  app.use(noIndex);
  app.use(
    pageHeaders({
      https: settings.publicUrl.startsWith('https:'),
      hstsSubdomains: parts.hstsSubdomains,
      pictures: settings.pictures ? [new URL(settings.pictures).origin] : [],
      uploads: storage.uploads.kind === 'parts' ? [storage.uploads.origin] : [],
    }),
  );
  const admission = createAdmission(() => metrics.turnedAway.inc());
  for (const entrance of [...entrances, ...plugList.flatMap((plug) => plug.entrances ?? [])])
    guard(app, admission, { entrance, services });
  app.use('/api/trpc/*', compress());
  app.use('/assets/*', compress());
  app.use('/portal/assets/*', compress());
  app.onError((error, c) => answerThrown(c, error));

  app.route(
    '/',
    healthRoutes({
      stopping,
      metrics,
      metricsToken: parts.metricsToken,
      checks: {
        database: { required: true, check: async () => void (await database.sql.rows('ready', 'select 1')) },
        storage: { required: false, check: () => storage.probe() },
      },
    }),
  );
  app.route(
    '/api/live',
    liveRoute({
      ...who,
      limits: parts.streamLimits,
      database,
      hub: parts.hub,
      stopping,
      onDrop: (reason) => metrics.streamsDropped.inc({ reason }),
      report: (error) => parts.log.error({ err: error }, 'a live stream ended early'),
    }),
  );
  app.route('/api/trpc', trpcRoute(services, parts.authSecret));
  app.route('/api/v1', api);
  for (const plug of plugList) for (const routes of plug.routes?.(host) ?? []) app.route('/', routes);
  app.route('/api', docsRoute(api));
  app.route(
    '/api',
    signInRoutes({
      ...who,
      database,
      trustProxy: settings.trustProxy,
      refuse: (c, refusal) => answerError(c, refusal),
      onSignIn: (result) => metrics.signIns.inc({ result }),
      onUnknownProxy: () =>
        parts.log.warn(
          'people come through a proxy and TRUST_PROXY is off: tries to sign in are not limited by address; set TRUST_PROXY=true',
        ),
    }),
  );
  app.all('/api/*', (c) =>
    answerError(c, { status: 404, code: 'NOT_FOUND', message: 'There is nothing at this address.' }),
  );
  app.route(
    '/',
    wellKnownRoutes({
      publicUrl: settings.publicUrl,
      securityContact: parts.securityContact,
      prefixes: links.map(({ prefix }) => prefix),
    }),
  );
  app.route('/', portalPages(links.filter(({ page }) => page === 'portal').map(({ prefix }) => prefix)));
  app.route('/', adminPages());
  return app;
}

/** Lets requests to an address in as its owner says. */
function guard(
  app: Hono<HttpEnv>,
  admission: Admission,
  { entrance, services }: { entrance: Entrance; services: ServerServices },
): void {
  if (entrance.admit === 'stream') return void app.use(entrance.path, admission.stream);
  const { path, admit, mostBytes, onTooLarge } = entrance;
  app.use(path, admission.body(mostBytes, onTooLarge && ((address) => onTooLarge(services.database.sql, address))));
  if (admit === 'turn') app.use(path, admission.turn);
}
