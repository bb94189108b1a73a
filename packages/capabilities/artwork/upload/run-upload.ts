import type { UploadPlan } from '../contract.ts';
import { sendFile } from './send-file.ts';
import { type UploadCalls, type UploadFacts, UploadRefused } from './upload-calls.ts';

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

/** One file, from wherever it stands to the artwork it becomes: answers the artwork's id. */
export async function runUpload(calls: UploadCalls, { file, facts, uploadId, signal, onBegun, onSent, onFinishing }: UploadRun): Promise<string> {
  const begun = uploadId === undefined ? undefined : await goOn(calls, uploadId);
  if (typeof begun === 'string') return begun;
  signal.throwIfAborted();
  const plan = begun ?? (await calls.start(facts));
  onBegun(plan.uploadId);
  signal.throwIfAborted();
  await sendFile(calls, plan, { file, signal, onSent });
  signal.throwIfAborted();
  onFinishing();
  const { artworkId } = await calls.finish(plan.uploadId);
  return artworkId;
}

/**
 * How an upload goes on. The artwork's id: it was finished, and only the answer was lost on its way; without asking, the file would be sent
 * twice. undefined: it has ended otherwise and has to begin anew.
 */
async function goOn(calls: UploadCalls, uploadId: string): Promise<UploadPlan | string | undefined> {
  return (await unlessRefused(() => calls.resume(uploadId))) ?? (await unlessRefused(() => calls.finish(uploadId)))?.artworkId;
}

async function unlessRefused<Answer>(call: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof UploadRefused) return undefined;
    throw error;
  }
}
