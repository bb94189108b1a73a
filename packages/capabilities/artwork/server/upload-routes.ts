import { Hono } from 'hono';
import { answerThrown, type HttpEnv } from '../../kit/http.ts';
import type { ServerServices } from '../../kit/server-context.ts';
import { createTusServer, TUS_PATH } from './tus-server.ts';

/** A customer's upload ends with the link it was begun by. */
const OPEN = `select 1 as yes from artwork_upload u
  left join artwork_link k on k.id = u.link_id where u.id = $1 and u.state = 'open' and k.revoked_at is null`;

/**
 * Where bytes come in when storage is a disk: /api/uploads/<name>, the tus protocol. With S3 they go past us, and this
 * answers 404.
 */
export function uploadRoutes({ database, storage, settings }: ServerServices): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.onError((error, c) => answerThrown(c, error));
  if (storage.uploads.kind === 'folder') {
    const isOpen = async (uploadId: string) =>
      (await database.sql.row('is-upload-open', OPEN, [uploadId])) !== undefined;
    const tus = createTusServer(storage.uploads, settings.linkSecret, isOpen);
    app.all(`${TUS_PATH}/*`, (c) => tus.handleWeb(c.req.raw));
  }
  return app;
}
