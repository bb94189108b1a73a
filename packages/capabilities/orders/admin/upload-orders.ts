import { MOST_BYTES } from '../csv/columns.ts';

/** Why a file was not read: the sentence says what to do. */
export class UploadRefused extends Error {}

/**
 * Sends a file to be looked through; answers the upload's id. Throws `UploadRefused` with the server's own sentence.
 */
export async function uploadOrders(file: File): Promise<string> {
  // Said here at once: a browser that is refused while it sends often hears only that the line was cut.
  if (file.size > MOST_BYTES) throw new UploadRefused('A file may have at most 10 MB. Split it into several files.');
  const answer = await fetch('/api/orders/imports', {
    method: 'POST',
    headers: { 'content-type': 'text/csv', 'x-file-name': encodeURIComponent(file.name) },
    body: file,
  }).catch(() => {
    throw new UploadRefused(
      'The server cannot be reached, or the file was changed while it was read. Choose it again.',
    );
  });
  const body = (await answer.json()) as { id: string; error?: { message: string } };
  if (!answer.ok) throw new UploadRefused(body.error?.message ?? `The server answered ${answer.status}.`);
  return body.id;
}
