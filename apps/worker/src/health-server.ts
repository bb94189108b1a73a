import { createServer, type Server } from 'node:http';
import { isLocalRequest } from '@windlass/config/loopback';
import { checkReadiness, type Readiness } from '@windlass/config/readiness';
import type { Registry } from 'prom-client';

export type HealthParts = { port: number; checks: Readiness; registry: Registry; stopping: AbortSignal };

/** /healthz, /readyz and /metrics of a process that serves nobody else: on loopback, for this machine alone. */
export function startHealthServer({ port, checks, registry, stopping }: HealthParts): Server {
  const server = createServer(async (request, response) => {
    const send = (status: number, type: string, body: string) =>
      response.writeHead(status, { 'content-type': type }).end(body);
    if (!isLocalRequest({ peer: request.socket.remoteAddress, headers: request.headers }))
      return send(404, 'text/plain', 'not here');
    try {
      if (request.url === '/healthz') return send(200, 'application/json', '{"ok":true}');
      if (request.url === '/metrics') return send(200, registry.contentType, await registry.metrics());
      if (request.url !== '/readyz') return send(404, 'text/plain', 'not here');
      const report = stopping.aborted ? { ok: false, stopping: true } : await checkReadiness(checks);
      return send(report.ok ? 200 : 503, 'application/json', JSON.stringify(report));
    } catch (error) {
      return send(500, 'text/plain', error instanceof Error ? error.message : String(error));
    }
  });
  return server.listen(port, '127.0.0.1');
}
