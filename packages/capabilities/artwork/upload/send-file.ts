import type { UploadPlan } from '../contract.ts';
import { sendByParts } from './send-by-parts.ts';
import { sendByTus } from './send-by-tus.ts';
import type { UploadCalls } from './upload-calls.ts';

/** `onSent` is told all bytes that are there, those of earlier tries included; first of all what there is already. */
export type Sending = { file: File; signal: AbortSignal; onSent: (bytes: number) => void };

/** A line that moves nothing for so long is broken, though nobody says so. In ms. */
const STALL_MS = 45_000;

/**
 * Sends what is missing of a file, the way its plan says. Rejects where the line breaks or stands still, and with the
 * signal's reason.
 */
export async function sendFile(calls: UploadCalls, plan: UploadPlan, { file, signal, onSent }: Sending): Promise<void> {
  const stalled = new AbortController();
  const stall = () => stalled.abort(new Error('nothing has moved for 45 seconds'));
  let timer = setTimeout(stall, STALL_MS);
  const sending = {
    file,
    signal: AbortSignal.any([signal, stalled.signal]),
    onSent: (bytes: number) => {
      clearTimeout(timer);
      timer = setTimeout(stall, STALL_MS);
      onSent(bytes);
    },
  };
  try {
    await (plan.protocol === 'tus' ? sendByTus(plan, sending) : sendByParts(calls, plan, sending));
  } finally {
    clearTimeout(timer);
  }
}
