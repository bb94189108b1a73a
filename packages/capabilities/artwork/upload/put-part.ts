import { UploadHindered, UploadLost } from './upload-calls.ts';

/** Sends some bytes to a signed address. By XMLHttpRequest: fetch does not tell how much has gone out. */
export function putPart(
  url: string,
  body: Blob,
  { signal, onSent }: { signal: AbortSignal; onSent: (bytes: number) => void },
): Promise<void> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => {
      request.abort();
      reject(signal.reason as Error);
    };
    request.open('PUT', url);
    request.upload.onprogress = (event) => onSent(event.loaded);
    request.onload = () => (request.status < 300 ? resolve() : reject(answered(request.status)));
    request.onerror = () => reject(new Error('the line to the store broke'));
    request.onloadend = () => signal.removeEventListener('abort', stop);
    signal.addEventListener('abort', stop, { once: true });
    request.send(body);
  });
}

const answered = (status: number): Error =>
  status === 404
    ? new UploadLost('The store has lost this upload.')
    : new UploadHindered(`The store answered ${status}.`);
