import { isOver, type UploadItem, type UploadsNow } from './upload-item.ts';

/** The figures above a list of uploads. A file that ended without being sent counts as no work to come. */
export function summariseUploads(items: readonly UploadItem[], perSecond: number): UploadsNow {
  const now = { items, sentBytes: 0, totalBytes: 0, done: 0, refused: 0, failed: 0, moving: false, paused: false };
  let left = false;
  for (const { state, sizeBytes, sentBytes } of items) {
    if (state === 'done' || state === 'refused' || state === 'failed') now[state] += 1;
    if (state !== 'refused' && state !== 'failed') {
      now.sentBytes += sentBytes;
      now.totalBytes += sizeBytes;
    }
    left ||= !isOver(state);
    now.moving ||= !isOver(state) && state !== 'paused';
  }
  return {
    ...now,
    paused: left && !now.moving,
    secondsLeft: now.moving && perSecond > 0 ? (now.totalBytes - now.sentBytes) / perSecond : null,
  };
}
