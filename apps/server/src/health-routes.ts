import { getConnInfo } from '@hono/node-server/conninfo';
import type { HttpEnv } from '@windlass/capabilities/kit/http';
import { isLocalRequest } from '@windlass/config/loopback';
import { checkReadiness, type Readiness } from '@windlass/config/readiness';
import { Hono } from 'hono';
import type { Metrics } from './metrics.ts';

export type HealthOptions = {
  checks: Readiness;
  stopping: AbortSignal;
  metrics: Metrics;
  metricsToken: string | undefined;
};

/**
 * /healthz: this process lives. /readyz: it may be sent requests. /metrics: for Prometheus, from this machine or with a
 * token.
 */
export function healthRoutes({ checks, stopping, metrics, metricsToken }: HealthOptions): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.get('/healthz', (c) => c.json({ ok: true }));
  app.get('/readyz', async (c) => {
    if (stopping.aborted) return c.json({ ok: false, stopping: true }, 503);
    const report = await checkReadiness(checks);
    return c.json(report, report.ok ? 200 : 503);
  });
  app.get('/metrics', async (c) => {
    const local = () => isLocalRequest({ peer: getConnInfo(c).remote.address, headers: c.req.header() });
    const allowed = metricsToken ? c.req.header('authorization') === `Bearer ${metricsToken}` : local();
    if (!allowed) return c.text('not here', 404);
    return c.text(await metrics.registry.metrics(), 200, { 'content-type': metrics.registry.contentType });
  });
  return app;
}
