import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { sliceOf } from '../../kit/api.ts';
import { wordsOf } from '../../kit/error-words.ts';
import type { ArtworkSlice } from '../server/router.ts';
import { createUploader, type Uploader } from '../upload/create-uploader.ts';
import { rememberUploads } from '../upload/remember-uploads.ts';
import { type UploadCalls, UploadRefused } from '../upload/upload-calls.ts';

const useApi = sliceOf<ArtworkSlice>();

/** Sends files to an order on behalf of the shop, over the admin's own connection. */
export function useOrderUploader(orderId: string): Uploader {
  const api = useApi();
  const start = useMutation(api.artwork.startUpload.mutationOptions()).mutateAsync;
  const resume = useMutation(api.artwork.resumeUpload.mutationOptions()).mutateAsync;
  const partUrls = useMutation(api.artwork.partUrls.mutationOptions()).mutateAsync;
  const finish = useMutation(api.artwork.finishUpload.mutationOptions()).mutateAsync;
  const abandon = useMutation(api.artwork.abandonUpload.mutationOptions()).mutateAsync;
  const [uploader] = useState(() => {
    const calls: UploadCalls = {
      start: (facts) => told(() => start({ orderId, ...facts })),
      resume: (uploadId) => told(() => resume({ uploadId })),
      partUrls: async (uploadId, parts) => (await told(() => partUrls({ uploadId, parts }))).urls,
      finish: (uploadId) => told(() => finish({ uploadId })),
      abandon: (uploadId) => told(() => abandon({ uploadId })),
    };
    return createUploader(calls, { memory: rememberUploads(orderId, localStorage) });
  });
  return uploader;
}

/** A refusal in the house's words; everything else is a line that broke. */
async function told<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    const { refused, sentence } = wordsOf(error);
    throw refused ? new UploadRefused('REFUSED', sentence) : error;
  }
}
