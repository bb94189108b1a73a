import { Hono } from 'hono';
import { answerThrown, type HttpEnv } from '../../kit/http.ts';
import type { ServerServices } from '../../kit/server-context.ts';
import { createTusServer, TUS_PATH } from './tus-server.ts';

/** Where bytes come in when storage is a disk: /api/uploads/<name>, the tus protocol. With S3 they go past us, and this answers 404. */
export function uploadRoutes({ storage, settings }: ServerServices): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.onError((error, c) => answerThrown(c, error));
  if (storage.uploads.kind === 'folder') {
    const tus = createTusServer(storage.uploads, settings.linkSecret);
    app.all(`${TUS_PATH}/*`, (c) => tus.handleWeb(c.req.raw));
  }
  return app;
}
