import { Readable } from 'node:stream';
import { readSession } from '@windlass/auth/read-session';
import { attachmentHeader } from '@windlass/storage/attachment-header';
import { parseRange } from '@windlass/storage/parse-range';
import { Hono } from 'hono';
import { answerError, answerThrown, type HttpEnv } from '../../kit/http.ts';
import type { ServerServices } from '../../kit/server-context.ts';

const DIRECT_SECONDS = 300;

const SELECT = `select a.name, f.object_key as "objectKey", f.size_bytes::float8 as "sizeBytes"
  from artwork a join artwork_file f on f.id = a.file_id where a.id = $1 and a.shop_id = $2`;

/**
 * GET /artwork/originals/<id>: the file as it was sent, for production. As a download, whatever it is: nothing a
 * stranger sent is shown by the browser itself.
 */
export function originalRoutes(
  { database, storage, settings }: ServerServices,
  { secret }: { secret: string },
): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.onError((error, c) => answerThrown(c, error));
  app.get('/artwork/originals/:id', async (c) => {
    const person = await readSession(c, database.sql, { baseUrl: settings.publicUrl, secret });
    if (!person) return answerError(c, { status: 401, code: 'SIGN_IN', message: 'Sign in first.' });
    const file = await database.sql.row<{ name: string; objectKey: string; sizeBytes: number }>(
      'artwork-original',
      SELECT,
      [c.req.param('id'), person.shopId],
    );
    if (!file) return answerError(c, { status: 404, code: 'NOT_FOUND', message: 'There is no such artwork.' });
    c.header('cache-control', 'no-store');
    const url = await storage.presign(file.objectKey, { seconds: DIRECT_SECONDS, fileName: file.name });
    if (url) return c.redirect(url);
    const range = parseRange(c.req.header('range'), file.sizeBytes);
    const headers = {
      'content-type': 'application/octet-stream',
      'content-disposition': attachmentHeader(file.name),
      'accept-ranges': 'bytes',
      'cache-control': 'no-store',
    };
    if (range.kind === 'unsatisfiable')
      return new Response(null, { status: 416, headers: { 'content-range': `bytes */${file.sizeBytes}` } });
    const part = range.kind === 'part' ? { start: range.start, end: range.end } : undefined;
    const { stream, size } = await storage.open(file.objectKey, part);
    const body = Readable.toWeb(stream) as ReadableStream<Uint8Array>;
    if (part)
      return new Response(body, {
        status: 206,
        headers: {
          ...headers,
          'content-length': String(part.end - part.start + 1),
          'content-range': `bytes ${part.start}-${part.end}/${size}`,
        },
      });
    return new Response(body, { headers: { ...headers, 'content-length': String(size) } });
  });
  return app;
}
