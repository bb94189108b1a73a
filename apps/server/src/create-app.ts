import { signInRoutes } from '@windlass/auth/sign-in-routes';
import type { Auth } from '@windlass/auth/create-auth';
import { downloadRoutes } from '@windlass/capabilities/approvals/routes';
import { originalRoutes } from '@windlass/capabilities/artwork/original-routes';
import { pictureRoutes } from '@windlass/capabilities/artwork/picture-routes';
import { portalArtworkRoutes } from '@windlass/capabilities/artwork/portal-routes';
import { uploadRoutes } from '@windlass/capabilities/artwork/upload-routes';
import { answerError, answerThrown, type HttpEnv } from '@windlass/capabilities/kit/http';
import type { ServerServices } from '@windlass/capabilities/kit/server-context';
import { orderFileRoutes } from '@windlass/capabilities/orders/file-routes';
import { hookRoutes } from '@windlass/capabilities/orders/hook-routes';
import { orderRoutes } from '@windlass/capabilities/orders/routes';
import type { Logger } from '@windlass/config/logger';
import type { Hub } from '@windlass/live/hub';
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import type { StreamLimits } from './count-streams.ts';
import { docsRoute } from './docs-route.ts';
import { healthRoutes } from './health-routes.ts';
import { liveRoute } from './live-route.ts';
import type { Metrics } from './metrics.ts';
import { requestScope } from './request-scope.ts';
import { adminPages, pageHeaders, portalPages } from './static-pages.ts';
import { trpcRoute } from './trpc-route.ts';

export type AppParts = {
  services: ServerServices;
  auth: Auth;
  authSecret: string;
  hub: Hub;
  log: Logger;
  metrics: Metrics;
  metricsToken: string | undefined;
  streamLimits: StreamLimits;
  /** Aborted when the process is told to stop. */
  stopping: AbortSignal;
};

/** Every address this server answers, in the order they are tried. */
export function createApp(parts: AppParts): Hono<HttpEnv> {
  const { services, metrics, stopping } = parts;
  const { database, storage, settings } = services;
  const who = { baseUrl: settings.publicUrl, secret: parts.authSecret };
  const api = orderRoutes(services);
  const app = new Hono<HttpEnv>();

  app.use(requestScope(parts.log, metrics));
  app.use(pageHeaders({
    pictures: settings.pictures ? [new URL(settings.pictures).origin] : [],
    uploads: storage.uploads.kind === 'parts' ? [storage.uploads.origin] : [],
  }));
  app.use('/api/trpc/*', compress());
  app.use('/assets/*', compress());
  app.use('/portal/assets/*', compress());
  app.onError((error, c) => answerThrown(c, error));

  app.route('/', healthRoutes({
    stopping,
    metrics,
    metricsToken: parts.metricsToken,
    checks: {
      database: { required: true, check: async () => void (await database.sql.rows('ready', 'select 1')) },
      storage: { required: false, check: () => storage.probe() },
    },
  }));
  app.route('/api/live', liveRoute({
    ...who,
    limits: parts.streamLimits,
    database,
    hub: parts.hub,
    stopping,
    onDrop: (reason) => metrics.streamsDropped.inc({ reason }),
    report: (error) => parts.log.error({ err: error }, 'a live stream ended early'),
  }));
  app.route('/api/trpc', trpcRoute(services, parts.authSecret));
  app.route('/api/v1', api);
  app.route('/', downloadRoutes(services, { onDownload: (result) => metrics.downloads.inc({ result }) }));
  app.route('/', hookRoutes(services, { onHook: (system, result) => metrics.hooks.inc({ system, result }) }));
  app.route('/', orderFileRoutes(services, { secret: parts.authSecret }));
  app.route('/', portalArtworkRoutes(services));
  app.route('/', uploadRoutes(services));
  app.route('/', pictureRoutes(services));
  app.route('/', originalRoutes(services, { secret: parts.authSecret }));
  app.route('/api', docsRoute(api));
  app.route('/api', signInRoutes({
    ...who,
    auth: parts.auth,
    database,
    trustProxy: settings.trustProxy,
    refuse: (c, refusal) => answerError(c, refusal),
    onSignIn: (result) => metrics.signIns.inc({ result }),
  }));
  app.all('/api/*', (c) => answerError(c, { status: 404, code: 'NOT_FOUND', message: 'There is nothing at this address.' }));
  app.route('/', portalPages());
  app.route('/', adminPages());
  return app;
}
