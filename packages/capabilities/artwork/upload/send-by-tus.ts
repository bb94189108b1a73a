import type { UploadPlan } from '../contract.ts';
import type { Sending } from './send-file.ts';
import { UploadHindered, UploadLost } from './upload-calls.ts';

/** Large enough to be fast, small enough that a slow line finishes one within the server's patience. */
const CHUNK_BYTES = 8 * 1024 * 1024;

/** Sends by the tus protocol, from wherever the server stands. The library comes with the first file. */
export async function sendByTus(plan: UploadPlan, { file, signal, onSent }: Sending): Promise<void> {
  const { Upload, DetailedError } = await import('tus-js-client');
  signal.throwIfAborted();
  /** The library's error: with an answer the server was there, without one the line broke. */
  const told = (error: Error): Error => {
    const status = error instanceof DetailedError ? error.originalResponse?.getStatus() : undefined;
    if (status === undefined) return error;
    return status === 404 || status === 410
      ? new UploadLost('The server has lost this upload.')
      : new UploadHindered(`The server answered ${status}.`);
  };
  await new Promise<void>((resolve, reject) => {
    const upload = new Upload(file, {
      uploadUrl: plan.url,
      chunkSize: CHUNK_BYTES,
      retryDelays: [500, 1_000],
      storeFingerprintForResuming: false,
      onProgress: (sent) => onSent(sent),
      onSuccess: () => resolve(),
      onError: (error) => reject(told(error)),
    });
    signal.addEventListener(
      'abort',
      () => {
        void upload.abort(false);
        reject(signal.reason as Error);
      },
      { once: true },
    );
    upload.start();
  });
}
