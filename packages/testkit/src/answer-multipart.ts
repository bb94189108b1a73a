import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Answering } from '@20minutes/s3rver';

/**
 * ListParts and AbortMultipartUpload, which the test server does not know, answered from the folder it keeps parts in.
 * These two check no signature; every other call does. What ends an upload is done one after the other: of two that
 * complete it at once, or of one that aborts it meanwhile, over which the test server falls, the second finds none.
 */
export function answerMultipart(directory: string): Answering {
  let ending: Promise<void> = Promise.resolve();
  return async (ctx, next) => {
    const { uploadId } = ctx.query;
    if (uploadId === undefined || !['GET', 'DELETE', 'POST'].includes(ctx.method)) return next();
    const folder = path.join(directory, 'windlass', '._S3rver_uploads', uploadId);
    const isThere = () => /^\w+$/.test(uploadId) && existsSync(folder);
    const noSuchUpload = () => {
      ctx.type = 'application/xml';
      ctx.status = 404;
      ctx.body = '<Error><Code>NoSuchUpload</Code><Message>The upload does not exist.</Message></Error>';
    };
    const abort = () => {
      rmSync(folder, { recursive: true });
      ctx.type = 'application/xml';
      ctx.status = 204;
    };
    if (ctx.method !== 'GET') {
      const end = ctx.method === 'POST' ? next : abort;
      ending = ending.catch(() => {}).then(() => (isThere() ? end() : noSuchUpload()));
      return ending;
    }
    await ending.catch(() => {}); // half of what is being put together or removed is never seen
    if (!isThere()) return noSuchUpload();
    ctx.type = 'application/xml';
    ctx.body = `<ListPartsResult>${listParts(folder).join('')}</ListPartsResult>`;
  };
}

function listParts(folder: string): string[] {
  // One that was cut off on its way has no checksum, and is no part.
  const numbers = readdirSync(folder)
    .filter((name) => /^\d+$/.test(name) && existsSync(path.join(folder, `${name}.md5`)))
    .map(Number);
  return numbers
    .toSorted((a, b) => a - b)
    .map((part) => {
      const file = path.join(folder, String(part));
      return `<Part><PartNumber>${part}</PartNumber><Size>${statSync(file).size}</Size><ETag>"${readFileSync(`${file}.md5`, 'utf8')}"</ETag></Part>`;
    });
}
