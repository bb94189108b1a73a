import type { UploadPlan } from '../contract.ts';
import { sendFile } from './send-file.ts';
import { type UploadCalls, type UploadFacts, UploadLost, UploadRefused } from './upload-calls.ts';

export type UploadRun = {
  file: File;
  facts: UploadFacts;
  /** Begun by an earlier try, or before the page was reloaded. */
  uploadId: string | undefined;
  signal: AbortSignal;
  onBegun: (uploadId: string) => void;
  /** All that is there; the first call says what was there before. */
  onSent: (bytes: number) => void;
  onFinishing: () => void;
};

/**
 * One file, from wherever it stands to the artwork it becomes: answers the artwork's id. Where all bytes are there
 * already only the finish is left, however often it failed before.
 */
export async function runUpload(
  calls: UploadCalls,
  { file, facts, uploadId, signal, onBegun, onSent, onFinishing }: UploadRun,
): Promise<string> {
  const begun = uploadId === undefined ? undefined : await goOn(calls, uploadId);
  if (typeof begun === 'string') return begun;
  signal.throwIfAborted();
  const plan = begun ?? (await calls.start(facts));
  onBegun(plan.uploadId);
  signal.throwIfAborted();
  if (!plan.arrived) await sendFile(calls, plan, { file, signal, onSent });
  signal.throwIfAborted();
  onFinishing();
  const finished = await unlessMissing(() => calls.finish(plan.uploadId));
  if (!finished) throw new UploadLost('The server does not have this upload any more: it is sent anew.');
  return finished.artworkId;
}

/**
 * How an upload goes on. The artwork's id: it was finished, and only the answer was lost on its way; without asking,
 * the file would be sent twice. undefined: it has ended without a word about the file, and has to begin anew. What it
 * was refused for is thrown.
 */
async function goOn(calls: UploadCalls, uploadId: string): Promise<UploadPlan | string | undefined> {
  const plan = await unlessMissing(() => calls.resume(uploadId));
  const known = plan ?? (await unlessMissing(() => calls.finish(uploadId)))?.artworkId;
  if (!known) void calls.abandon(uploadId).catch(() => {}); // its bytes are lost, and what it promised is free again
  return known;
}

async function unlessMissing<Answer>(call: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof UploadRefused && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}
