import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { attachmentHeader } from '@windlass/storage/attachment-header';
import { parseRange } from '@windlass/storage/parse-range';
import { StorageError } from '@windlass/storage/storage-error';
import type { Context } from 'hono';
import type { HttpEnv } from '../../kit/http.ts';
import type { ServerServices } from '../../kit/server-context.ts';
import { countBytes } from './count-bytes.ts';
import type { OpenedLink } from './find-link.ts';
import { objectSize } from './object-size.ts';
import { beginDownload, endDownload } from './record-download.ts';
import { whenFetched } from './when-fetched.ts';

/** Long enough to begin a download; a download that has begun is not cut off. */
const DIRECT_SECONDS = 300;

export type FileRequest = { services: ServerServices; link: OpenedLink; client: string };

/**
 * Answers a bundle, whole or a part. What counts is a file that was delivered, over however many answers (see
 * record-download.ts); nothing is counted before the object is known to be there. Where object storage serves it itself
 * we do not see what is fetched: there a download counts when it begins.
 */
export async function sendFile(
  c: Context<HttpEnv>,
  { services, link, client }: FileRequest,
): Promise<Response | 'gone' | 'unavailable'> {
  const { database } = services;
  if (link.state === 'expired' || link.state === 'revoked') return 'gone';
  const key = link.objectKey;
  const size = key ? await sizeOf(c, services, key) : null;
  if (size === null || !key) return link.state === 'active' ? 'unavailable' : 'gone';

  const etag = etagOf(key);
  const asked = parseRange(c.req.header('range'), size);
  // Of another file than ours the client has a part that is no use (RFC 9110, 13.1.5).
  const ifRange = c.req.header('if-range');
  const range =
    ifRange === undefined || ifRange === etag ? asked : ({ kind: 'whole', start: 0, end: size - 1 } as const);
  const headers = {
    'accept-ranges': 'bytes',
    etag,
    'content-type': 'application/zip',
    'content-disposition': attachmentHeader(link.fileName),
  };
  if (range.kind === 'unsatisfiable')
    return new Response(null, { status: 416, headers: { etag, 'content-range': `bytes */${size}` } });

  if (c.req.method === 'HEAD') {
    if (link.state !== 'active') return 'gone';
    return new Response(null, { status: 200, headers: { ...headers, 'content-length': String(size) } });
  }
  // Opened before it is counted: a storage that fails just now costs nobody a download.
  const { start, end } = range;
  const length = end - start + 1;
  const source = await openSource(c, services, { key, fileName: link.fileName, part: { start, end } });
  if (!source) return 'unavailable';
  const continues = asked.kind !== 'whole' && (asked.kind === 'unsatisfiable' || asked.start > 0);
  const downloadId = await beginDownload(database, { linkId: link.id, client, continues, start, length, size });
  if (!downloadId) {
    if ('stream' in source) source.stream.destroy();
    return 'gone';
  }
  const ended = (fetched: boolean, undelivered: number) =>
    endDownload(database.sql, downloadId, { fetched, undelivered, size }).catch((error: unknown) =>
      c.get('log').error({ err: error, linkId: link.id }, 'download end not recorded'),
    );
  if ('url' in source) {
    await ended(true, 0);
    return new Response(null, { status: 302, headers: { location: source.url } });
  }
  const counted = countBytes(source.stream);
  const { outgoing } = c.env as unknown as { outgoing: ServerResponse };
  void whenFetched(outgoing).then((fetched) => ended(fetched, length - counted.bytes()));
  return new Response(Readable.toWeb(counted.stream) as ReadableStream, {
    status: range.kind === 'part' ? 206 : 200,
    headers: {
      ...headers,
      'content-length': String(length),
      ...(range.kind === 'part' && { 'content-range': `bytes ${start}-${end}/${size}` }),
    },
  });
}

/** Strong: an object never changes, a new file is a new object. Its key is not told. */
const etagOf = (key: string): string => `"${createHash('sha256').update(key).digest('base64url').slice(0, 22)}"`;

type Wanted = { key: string; fileName: string; part: { start: number; end: number } };

/**
 * Object storage serves it itself, from an address that is good for minutes; a disk cannot, and is streamed through
 * here.
 */
async function openSource(
  c: Context<HttpEnv>,
  { storage }: ServerServices,
  wanted: Wanted,
): Promise<{ url: string } | { stream: Readable } | undefined> {
  try {
    const url = await storage.presign(wanted.key, { seconds: DIRECT_SECONDS, fileName: wanted.fileName });
    if (!url) return await storage.open(wanted.key, wanted.part);
    // Asked anew: who is sent to a storage that is down would find its error in place of the file.
    if (await storage.head(wanted.key)) return { url };
    c.get('log').error({ key: wanted.key }, 'object of a bundle is missing');
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    c.get('log').error({ err: error, key: wanted.key }, 'storage does not answer');
  }
  return undefined;
}

/**
 * Null where the object is missing or storage does not answer: either way the customer is to come back, and we are
 * told.
 */
async function sizeOf(c: Context<HttpEnv>, services: ServerServices, key: string): Promise<number | null> {
  try {
    const size = await objectSize(services, key);
    if (size === null) c.get('log').error({ key }, 'object of a bundle is missing');
    return size;
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    c.get('log').error({ err: error, key }, 'storage does not answer');
    return null;
  }
}
