import { Readable } from 'node:stream';
import { parseRange } from '@windlass/storage/parse-range';
import { StorageError } from '@windlass/storage/storage-error';
import { type Context, Hono } from 'hono';
import { answerError, answerThrown, type HttpEnv } from '../../kit/http.ts';
import type { ServerServices } from '../../kit/server-context.ts';
import { pictureKey } from '../picture-key.ts';
import { chooseFormats, type PictureFormat } from './choose-format.ts';
import { notePicture, pictureExists } from './picture-exists.ts';

/**
 * The name is the hash of the bytes: what it answers never changes, but it may be deleted. So browsers and caches on
 * the way show it for an hour without asking, then ask whether it is still there (304, no bytes). See decisions/0020.
 */
const AN_HOUR = 'public, max-age=3600, must-revalidate';
const PATH = '/pictures/:hash{[0-9a-f]{40}}/:name{thumb|preview|full|proof}';
/** Only previews are worth a second format: see decisions/0014. */
const NEGOTIATED = new Set(['preview']);

/**
 * GET /pictures/<hash>/<name>: what the worker made, never made here. The hash is 160 bits that only our own answers
 * tell, so an address opens its picture without a session, and a CDN may stand in front. One that is not made yet is
 * 404 and not kept.
 */
export function pictureRoutes(services: ServerServices): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.onError((error, c) => answerThrown(c, error));
  app.get(PATH, async (c) => {
    const { hash, name } = c.req.param();
    const formats = NEGOTIATED.has(name) ? chooseFormats(c.req.header('accept')) : (['webp'] as const);
    for (const format of formats) {
      const key = pictureKey(hash, name, format);
      if (!(await pictureExists(services, key))) continue;
      const answer = await sendPicture(c, services, {
        key,
        format,
        etag: `"${hash.slice(0, 16)}-${name}-${format}"`,
        varies: NEGOTIATED.has(name),
      });
      if (answer) return answer;
    }
    c.header('cache-control', 'no-store');
    return answerError(c, { status: 404, code: 'NOT_MADE', message: 'This picture is not there, or not yet.' });
  });
  return app;
}

type Picture = { key: string; format: PictureFormat; etag: string; varies: boolean };

/** Undefined: the cache was wrong, storage has it no longer. */
async function sendPicture(
  c: Context<HttpEnv>,
  { storage, cache }: ServerServices,
  { key, format, etag, varies }: Picture,
): Promise<Response | undefined> {
  const headers: Record<string, string> = {
    etag,
    'cache-control': AN_HOUR,
    'content-type': `image/${format}`,
    'accept-ranges': 'bytes',
    'cross-origin-resource-policy': 'cross-origin',
    ...(varies && { vary: 'accept' }),
  };
  if (matches(c.req.header('if-none-match'), etag)) return new Response(null, { status: 304, headers });
  try {
    const whole = c.req.header('range') === undefined;
    const size = whole ? undefined : (await storage.head(key))?.size;
    const range = size === undefined ? { kind: 'whole' as const } : parseRange(c.req.header('range'), size);
    if (range.kind === 'unsatisfiable')
      return new Response(null, { status: 416, headers: { 'content-range': `bytes */${size}` } });
    const found = await storage.open(key, range.kind === 'part' ? { start: range.start, end: range.end } : undefined);
    const body = Readable.toWeb(found.stream) as ReadableStream<Uint8Array>;
    if (range.kind === 'part') {
      const length = {
        'content-length': String(range.end - range.start + 1),
        'content-range': `bytes ${range.start}-${range.end}/${found.size}`,
      };
      return new Response(body, { status: 206, headers: { ...headers, ...length } });
    }
    return new Response(body, { status: 200, headers: { ...headers, 'content-length': String(found.size) } });
  } catch (error) {
    if (!(error instanceof StorageError) || error.code !== 'NOT_FOUND') throw error;
    notePicture(cache, key, false);
    return undefined;
  }
}

/** RFC 9110, 13.1.2: a list of tags, weak or not, or any. */
const matches = (header: string | undefined, etag: string): boolean =>
  header !== undefined &&
  header.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
