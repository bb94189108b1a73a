import { isOver, type UploadItem, type UploadsNow } from './upload-item.ts';

/** The figures above a list of uploads. A refused file counts as no work to come. */
export function summariseUploads(items: readonly UploadItem[], { paused, perSecond }: { paused: boolean; perSecond: number }): UploadsNow {
  const counted = items.filter(({ state }) => state !== 'refused');
  const sum = (pick: (item: UploadItem) => number) => counted.reduce((total, item) => total + pick(item), 0);
  const [sentBytes, totalBytes] = [sum((item) => item.sentBytes), sum((item) => item.sizeBytes)];
  return {
    items,
    sentBytes,
    totalBytes,
    done: items.filter(({ state }) => state === 'done').length,
    refused: items.length - counted.length,
    moving: !paused && items.some(({ state }) => !isOver(state)),
    paused: paused && items.some(({ state }) => !isOver(state)),
    secondsLeft: perSecond > 0 ? (totalBytes - sentBytes) / perSecond : null,
  };
}
