import { createRequire } from 'node:module';
import path from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { html } from 'hono/html';
import type { HttpEnv } from '@windlass/capabilities/kit/http';
import { Hono } from 'hono';

const files = path.dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

/** GET /api/openapi.json and the page at /api/docs, its script and style from our own origin. */
export function docsRoute(api: OpenAPIHono<HttpEnv>): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  // Made once: it takes milliseconds, and anybody may ask for it.
  const document = JSON.stringify(
    api.getOpenAPI31Document({
      openapi: '3.1.0',
      info: {
        title: 'Windlass',
        version: '1',
        description: 'Send orders; watch them become deliveries in the admin.',
        license: { name: 'MIT' },
      },
      servers: [{ url: '/api/v1' }],
    }),
  );
  app.get('/openapi.json', (c) => c.body(document, 200, { 'content-type': 'application/json' }));
  app.get('/docs', (c) =>
    c.html(
      html`<!doctype html>
        <html lang="en">
          <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width" />
            <title>Windlass API</title>
            <link rel="stylesheet" href="/api/docs/files/swagger-ui.css" />
          </head>
          <body>
            <div id="docs"></div>
            <script src="/api/docs/files/swagger-ui-bundle.js"></script>
            <script src="/api/docs/start.js"></script>
          </body>
        </html>`,
    ),
  );
  app.get('/docs/start.js', (c) =>
    c.body(`SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#docs', deepLinking: true });`, 200, {
      'content-type': 'text/javascript',
    }),
  );
  app.get(
    '/docs/files/:file{swagger-ui(-bundle)?\\.(js|css)}',
    serveStatic({ root: files, rewriteRequestPath: (p) => p.replace('/api/docs/files', '') }),
  );
  return app;
}
