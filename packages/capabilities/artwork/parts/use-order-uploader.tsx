import { useMutation } from '@tanstack/react-query';
import { sliceOf } from '../../kit/api.ts';
import type { ArtworkSlice } from '../server/router.ts';
import { createUploader, type Uploader } from '../upload/create-uploader.ts';
import { explainTrpcError } from '../upload/explain-trpc-error.ts';
import { rememberUploads } from '../upload/remember-uploads.ts';
import type { UploadCalls } from '../upload/upload-calls.ts';

const useApi = sliceOf<ArtworkSlice>();

/** One for each order, for as long as the pages are open: files go on being sent while one looks at something else. */
const uploaders = new Map<string, Uploader>();

/** Sends files to an order on behalf of the shop, over the admin's own connection. */
export function useOrderUploader(orderId: string): Uploader {
  const api = useApi();
  const start = useMutation(api.artwork.startUpload.mutationOptions()).mutateAsync;
  const resume = useMutation(api.artwork.resumeUpload.mutationOptions()).mutateAsync;
  const partUrls = useMutation(api.artwork.partUrls.mutationOptions()).mutateAsync;
  const finish = useMutation(api.artwork.finishUpload.mutationOptions()).mutateAsync;
  const abandon = useMutation(api.artwork.abandonUpload.mutationOptions()).mutateAsync;
  const known = uploaders.get(orderId);
  if (known) return known;
  const calls: UploadCalls = {
    start: (facts) => told(() => start({ orderId, ...facts })),
    resume: (uploadId) => told(() => resume({ uploadId })),
    partUrls: async (uploadId, parts) => (await told(() => partUrls({ uploadId, parts }))).urls,
    finish: (uploadId) => told(() => finish({ uploadId })),
    abandon: (uploadId) => told(() => abandon({ uploadId })),
  };
  const uploader = createUploader(calls, { memory: rememberUploads(orderId, localStorage) });
  uploaders.set(orderId, uploader);
  return uploader;
}

async function told<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    throw explainTrpcError(error);
  }
}
