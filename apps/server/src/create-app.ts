import { signInRoutes } from '@windlass/auth/sign-in-routes';
import { downloadRoutes } from '@windlass/capabilities/approvals/routes';
import { originalRoutes } from '@windlass/capabilities/artwork/original-routes';
import { pictureRoutes } from '@windlass/capabilities/artwork/picture-routes';
import { portalArtworkRoutes } from '@windlass/capabilities/artwork/portal-routes';
import { uploadRoutes } from '@windlass/capabilities/artwork/upload-routes';
import { answerError, answerThrown, type HttpEnv } from '@windlass/capabilities/kit/http';
import type { ServerServices } from '@windlass/capabilities/kit/server-context';
import { accountRoutes } from '@windlass/capabilities/operations/account-routes';
import { orderFileRoutes } from '@windlass/capabilities/orders/file-routes';
import { countTooLarge, hookRoutes } from '@windlass/capabilities/orders/hook-routes';
import { HOOK_MOST_BYTES } from '@windlass/capabilities/orders/intake-contract';
import { orderRoutes } from '@windlass/capabilities/orders/routes';
import type { Logger } from '@windlass/config/logger';
import type { Hub } from '@windlass/live/hub';
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { createAdmission } from './admission/admission.ts';
import type { StreamLimits } from './count-streams.ts';
import { docsRoute } from './docs-route.ts';
import { healthRoutes } from './health-routes.ts';
import { liveRoute } from './live-route.ts';
import type { Metrics } from './metrics.ts';
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
/**
 * What is answered by turns, and how much may be sent there. What streams to or from a client (uploads, the live
 * stream) has no turn to hold.
 */
const inTurn: [path: string, mostBytes: number][] = [
  ['/api/trpc/*', 256 * KB],
  ['/api/v1/*', 256 * KB],
  ['/api/portal/*', 64 * KB],
  ['/api/session', 0],
  ['/api/download/*', 0],
  ['/d/*', 4 * KB],
  ['/artwork/originals/*', 0],
];
/** What looks at passwords has a line of its own: packages/auth/src/hash-turns.ts. */
const outOfTurn: typeof inTurn = [
  '/api/sign-in',
  '/api/sign-out',
  '/api/forgot-password',
  '/api/account-link',
  '/api/choose-password',
].map((path) => [path, 4 * KB]);

/** What takes its body as it comes. */
const streamed = ['/api/uploads/*', '/api/orders/imports'];

/** Every address this server answers, in the order they are tried. */
export function createApp(parts: AppParts): Hono<HttpEnv> {
  const { services, metrics, stopping } = parts;
  const { database, storage, settings } = services;
  const who = { baseUrl: settings.publicUrl, secret: parts.authSecret };
  const api = orderRoutes(services);
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
  for (const [path, mostBytes] of inTurn) app.use(path, admission.body(mostBytes), admission.turn);
  // The same, and who wonders where a shop's order stays is told that it was too large.
  app.use(
    '/hooks/*',
    admission.body(HOOK_MOST_BYTES, (path) => countTooLarge(database.sql, path)),
    admission.turn,
  );
  for (const [path, mostBytes] of outOfTurn) app.use(path, admission.body(mostBytes));
  for (const path of streamed) app.use(path, admission.stream);
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
  app.route('/', downloadRoutes(services, { onDownload: (result) => metrics.downloads.inc({ result }) }));
  app.route('/', hookRoutes(services, { onHook: (system, result) => metrics.hooks.inc({ system, result }) }));
  app.route('/', orderFileRoutes(services, { secret: parts.authSecret }));
  app.route('/', portalArtworkRoutes(services));
  app.route('/', uploadRoutes(services));
  app.route('/', pictureRoutes(services));
  app.route('/', originalRoutes(services, { secret: parts.authSecret }));
  app.route('/', accountRoutes(services, { secret: parts.authSecret }));
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
  app.route('/', wellKnownRoutes({ publicUrl: settings.publicUrl, securityContact: parts.securityContact }));
  app.route('/', portalPages());
  app.route('/', adminPages());
  return app;
}
