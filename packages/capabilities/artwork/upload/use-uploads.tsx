import { useSyncExternalStore } from 'react';
import type { Uploader } from './create-uploader.ts';
import type { UploadsNow } from './upload-item.ts';

/** What an uploader does, now: drawn anew a dozen times a second while files are sent. */
export const useUploads = (uploader: Uploader): UploadsNow => useSyncExternalStore(uploader.subscribe, uploader.now);

/** How the sending stands as a whole; `failed`: something waits for a person to try it again. */
export type UploadStand = 'moving' | 'paused' | 'failed' | 'over';

/** For what does not show how far the sending is, and is not drawn anew by that. */
export const useUploadStand = (uploader: Uploader): UploadStand =>
  useSyncExternalStore(uploader.subscribe, () => standOf(uploader.now()));

function standOf({ moving, paused, failed }: UploadsNow): UploadStand {
  if (moving) return 'moving';
  if (paused) return 'paused';
  return failed > 0 ? 'failed' : 'over';
}
