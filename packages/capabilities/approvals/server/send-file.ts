import { Readable } from 'node:stream';
import { attachmentHeader } from '@windlass/storage/attachment-header';
import { parseRange } from '@windlass/storage/parse-range';
import { StorageError } from '@windlass/storage/storage-error';
import type { Context } from 'hono';
import type { HttpEnv } from '../../kit/http.ts';
import type { ServerServices } from '../../kit/server-context.ts';
import type { OpenedLink } from './find-link.ts';
import { objectSize } from './object-size.ts';
import { hasRedeemed, recordDownloadEnd, redeemLink } from './record-download.ts';

/** Long enough to begin a download; a download that has begun is not cut off. */
const DIRECT_SECONDS = 300;

export type FileRequest = { services: ServerServices; link: OpenedLink; client: string };

/**
 * Answers a bundle, whole or a part. To begin is what counts as a redemption, wherever in the file; later parts of a download that
 * the same client began are free, so that resuming costs nothing. Nothing is counted before the object is known to be there.
 */
export async function sendFile(c: Context<HttpEnv>, { services, link, client }: FileRequest): Promise<Response | 'gone' | 'unavailable'> {
  const { sql } = services.database;
  if (link.state === 'expired' || link.state === 'revoked') return 'gone';
  const size = link.objectKey ? await sizeOf(c, services, link.objectKey) : null;
  if (size === null || !link.objectKey) return link.state === 'active' ? 'unavailable' : 'gone';

  const range = parseRange(c.req.header('range'), size);
  const headers = { 'accept-ranges': 'bytes', 'content-type': 'application/zip', 'content-disposition': attachmentHeader(link.fileName) };
  if (range.kind === 'unsatisfiable') return new Response(null, { status: 416, headers: { 'content-range': `bytes */${size}` } });
  const part = range.kind === 'part' ? range : { start: 0, end: size - 1 };

  if (c.req.method === 'HEAD') {
    if (link.state !== 'active') return 'gone';
    return new Response(null, { status: 200, headers: { ...headers, 'content-length': String(size) } });
  }
  // Opened before it is counted: a storage that fails just now costs nobody a download.
  const source = await openSource(c, services, { key: link.objectKey, fileName: link.fileName, part });
  if (!source) return 'unavailable';
  const resumes = part.start > 0 && (await hasRedeemed(sql, link.id, client));
  const downloadId = resumes ? undefined : await redeemLink(sql, link.id, client);
  if (!resumes && !downloadId) {
    if ('stream' in source) source.stream.destroy();
    return 'gone';
  }
  if ('url' in source) return new Response(null, { status: 302, headers: { location: source.url } });
  const counted = countBytes(source.stream, (bytes) => {
    if (downloadId) recordDownloadEnd(sql, downloadId, bytes).catch((error: unknown) => c.get('log').error({ err: error, linkId: link.id }, 'download end not recorded'));
  });
  return new Response(Readable.toWeb(counted) as ReadableStream, {
    status: range.kind === 'part' ? 206 : 200,
    headers: {
      ...headers,
      'content-length': String(part.end - part.start + 1),
      ...(range.kind === 'part' && { 'content-range': `bytes ${part.start}-${part.end}/${size}` }),
    },
  });
}

type Wanted = { key: string; fileName: string; part: { start: number; end: number } };

/** Object storage serves it itself, from an address that is good for minutes; a disk cannot, and is streamed through here. */
async function openSource(c: Context<HttpEnv>, { storage }: ServerServices, wanted: Wanted): Promise<{ url: string } | { stream: Readable } | undefined> {
  try {
    const url = await storage.presign(wanted.key, { seconds: DIRECT_SECONDS, fileName: wanted.fileName });
    return url ? { url } : await storage.open(wanted.key, wanted.part);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    c.get('log').error({ err: error, key: wanted.key }, 'storage does not answer');
    return undefined;
  }
}

/** Null where the object is missing or storage does not answer: either way the customer is to come back, and we are told. */
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

function countBytes(stream: Readable, done: (bytes: number) => void): Readable {
  let bytes = 0;
  const counted = Readable.from(
    (async function* () {
      try {
        for await (const chunk of stream) {
          bytes += (chunk as Buffer).length;
          yield chunk as Buffer;
        }
      } finally {
        stream.destroy();
        done(bytes);
      }
    })(),
    { objectMode: false },
  );
  return counted;
}
