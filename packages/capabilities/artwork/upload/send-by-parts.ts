import type { UploadPlan } from '../contract.ts';
import { putPart } from './put-part.ts';
import type { Sending } from './send-file.ts';
import type { UploadCalls } from './upload-calls.ts';

/** Parts of one file on the line at once. */
const AT_ONCE = 3;

/** Sends each part to an address of its own, straight to the store; parts that are there already are left out. */
export async function sendByParts(
  calls: UploadCalls,
  plan: UploadPlan,
  { file, signal, onSent }: Sending,
): Promise<void> {
  const count = Math.max(1, Math.ceil(file.size / plan.partBytes));
  const sizeOf = (part: number) => Math.min(plan.partBytes, file.size - (part - 1) * plan.partBytes);
  const there = new Set(plan.partsThere);
  const missing = Array.from({ length: count }, (_, i) => i + 1).filter((part) => !there.has(part));
  const sent = new Map([...there].map((part) => [part, sizeOf(part)]));
  const tell = () => onSent([...sent.values()].reduce((sum, size) => sum + size, 0));
  tell();

  // One broken part ends the others: they would go on beside the next try.
  const broken = new AbortController();
  const together = AbortSignal.any([signal, broken.signal]);
  const work = async () => {
    for (let part = missing.shift(); part !== undefined; part = missing.shift()) {
      const mine = part;
      const [address] = await calls.partUrls(plan.uploadId, [mine]);
      together.throwIfAborted();
      const start = (mine - 1) * plan.partBytes;
      const onPart = (bytes: number) => {
        sent.set(mine, bytes);
        tell();
      };
      await putPart(address!.url, file.slice(start, start + sizeOf(mine)), { signal: together, onSent: onPart });
      onPart(sizeOf(mine));
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } catch (error) {
    broken.abort(error);
    throw error;
  }
}
