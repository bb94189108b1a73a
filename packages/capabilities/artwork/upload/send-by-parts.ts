import type { UploadPlan } from '../contract.ts';
import type { Sending } from './send-file.ts';
import type { UploadCalls } from './upload-calls.ts';

/** Parts of one file on the line at once. */
const AT_ONCE = 3;

/** Sends each part to an address of its own, straight to the store; parts that are there already are left out. Rejects where the line breaks. */
export async function sendByParts(calls: UploadCalls, plan: UploadPlan, { file, signal, onSent }: Sending & { file: File }): Promise<void> {
  const count = Math.max(1, Math.ceil(file.size / plan.partBytes));
  const sizeOf = (part: number) => Math.min(plan.partBytes, file.size - (part - 1) * plan.partBytes);
  const there = new Set(plan.partsThere);
  const missing = Array.from({ length: count }, (_, i) => i + 1).filter((part) => !there.has(part));
  const sent = new Map([...there].map((part) => [part, sizeOf(part)]));
  const tell = (part: number, bytes: number) => {
    sent.set(part, bytes);
    onSent([...sent.values()].reduce((sum, size) => sum + size, 0));
  };
  const work = async () => {
    for (let part = missing.shift(); part !== undefined; part = missing.shift()) {
      signal.throwIfAborted();
      const mine = part;
      const [address] = await calls.partUrls(plan.uploadId, [mine]);
      const start = (mine - 1) * plan.partBytes;
      await putPart(address!.url, file.slice(start, start + sizeOf(mine)), { signal, onSent: (bytes) => tell(mine, bytes) });
      tell(mine, sizeOf(mine));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** By XMLHttpRequest: fetch does not tell how much has gone out. */
function putPart(url: string, body: Blob, { signal, onSent }: Sending): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    request.upload.onprogress = (event) => onSent(event.loaded);
    request.onload = () => (request.status < 300 ? resolve() : reject(new Error(`the store answered ${request.status}`)));
    request.onerror = () => reject(new Error('the line to the store broke'));
    signal.addEventListener('abort', () => {
      request.abort();
      reject(signal.reason as Error);
    }, { once: true });
    request.send(body);
  });
}
