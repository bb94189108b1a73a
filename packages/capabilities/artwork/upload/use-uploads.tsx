import { useSyncExternalStore } from 'react';
import type { Uploader } from './create-uploader.ts';
import type { UploadsNow } from './upload-item.ts';

/** What an uploader does, now. */
export const useUploads = (uploader: Uploader): UploadsNow => useSyncExternalStore(uploader.subscribe, uploader.now);
