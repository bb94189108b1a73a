import { createUploader, type Uploader } from '../upload/create-uploader.ts';
import { rememberUploads } from '../upload/remember-uploads.ts';
import { answeredError, type UploadCalls } from '../upload/upload-calls.ts';
import { keptInMemory } from '../upload/test/kept-in-memory.ts';
import { dataOf, type Called, type Visitor } from '@windlass/testkit/house/visitor';

export type Word = keyof UploadCalls;
export type OpenedUploader = {
  uploader: Uploader;
  /** Every call, in order. */
  said: Word[];
  /** Of the upload begun last. */
  uploadId: string | undefined;
  /** Runs before (`answered` false) and after a call; what it throws is what the page gets: a line that broke. */
  interfere: (word: Word, answered: boolean) => Promise<void> | void;
  /** The page loaded anew, by a person who drops the same files again. */
  reload: () => OpenedUploader;
};

/** The page's own sending, to a real server, on behalf of a signed-in person. */
export function openUploader(visitor: Visitor, orderId: string, kept = keptInMemory()): OpenedUploader {
  const call = async <Output>(word: Word, ask: () => Promise<Called<Output>>): Promise<Output> => {
    opened.said.push(word);
    await opened.interfere(word, false);
    const answer = await ask();
    await opened.interfere(word, true);
    if (answer.error) throw answeredError(answer.error);
    return dataOf(answer);
  };
  const calls: UploadCalls = {
    async start(facts) {
      const plan = await call('start', () => visitor.mutate('artwork.startUpload', { orderId, ...facts }));
      opened.uploadId = plan.uploadId;
      return plan;
    },
    resume: (uploadId) => call('resume', () => visitor.mutate('artwork.resumeUpload', { uploadId })),
    partUrls: async (uploadId, parts) =>
      (await call('partUrls', () => visitor.mutate('artwork.partUrls', { uploadId, parts }))).urls,
    finish: (uploadId) => call('finish', () => visitor.mutate('artwork.finishUpload', { uploadId })),
    abandon: (uploadId) => call('abandon', () => visitor.mutate('artwork.abandonUpload', { uploadId })),
  };
  const opened: OpenedUploader = {
    uploader: createUploader(calls, { memory: rememberUploads(orderId, kept) }),
    said: [],
    uploadId: undefined,
    interfere: () => {},
    reload: () => openUploader(visitor, orderId, kept),
  };
  return opened;
}
