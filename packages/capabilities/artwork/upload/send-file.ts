import type { UploadPlan } from '../contract.ts';
import { sendByParts } from './send-by-parts.ts';
import { sendByTus } from './send-by-tus.ts';
import type { UploadCalls } from './upload-calls.ts';

export type Sending = { signal: AbortSignal; onSent: (bytes: number) => void };

/** Sends what is missing of a file, the way its plan says. */
export function sendFile(calls: UploadCalls, plan: UploadPlan, sending: Sending & { file: File }): Promise<void> {
  switch (plan.protocol) {
    case 'tus':
      return sendByTus(plan, sending);
    case 'parts':
      return sendByParts(calls, plan, sending);
  }
}
