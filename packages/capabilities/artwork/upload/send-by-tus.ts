import type { UploadPlan } from '../contract.ts';
import type { Sending } from './send-file.ts';

/** Large enough to be fast, small enough that a slow line finishes one within the server's patience. */
const CHUNK_BYTES = 8 * 1024 * 1024;

/** Sends by the tus protocol, from wherever the server stands. The library comes with the first file. Rejects where the line breaks. */
export async function sendByTus(plan: UploadPlan, { file, signal, onSent }: Sending & { file: File }): Promise<void> {
  const { Upload } = await import('tus-js-client');
  await new Promise<void>((resolve, reject) => {
    const upload = new Upload(file, {
      uploadUrl: plan.url,
      chunkSize: CHUNK_BYTES,
      retryDelays: [500, 1_000],
      storeFingerprintForResuming: false,
      onProgress: (sent) => onSent(sent),
      onSuccess: () => resolve(),
      onError: reject,
    });
    signal.addEventListener('abort', () => {
      void upload.abort(false);
      reject(signal.reason as Error);
    }, { once: true });
    upload.start();
  });
}
