import { Button } from '@windlass/ui/button';
import { formatBytes } from '@windlass/ui/format';
import { Progress } from '@windlass/ui/progress';
import type { Uploader } from './create-uploader.ts';
import { EndedFile } from './ended-file.tsx';
import { MovingFile } from './moving-file.tsx';
import { isOver, type UploadItem, type UploadsNow } from './upload-item.ts';
import { useLeaveGuard } from './use-leave-guard.tsx';
import { useUploads } from './use-uploads.tsx';

/** Two hundred rows tell no more than the first few and the sum. */
const MOST_SHOWN = 6;

/** How the sending fares: one bar for all of it, the files on the line, and each that was not sent with its reason. */
export function UploadTray({ uploader }: { uploader: Uploader }) {
  const uploads = useUploads(uploader);
  const open = uploads.items.filter(({ state }) => !isOver(state));
  useLeaveGuard(open.length > 0);
  if (uploads.items.length === 0) return null;
  const over = open.length === 0;
  const failed = uploads.items.filter(({ state }) => state === 'failed');
  const refused = uploads.items.filter(({ state }) => state === 'refused');
  const offline = open.find(({ state }) => state === 'offline');
  return (
    <section aria-label="Uploads" className="flex flex-col gap-3 rounded-lg border bg-raised p-4">
      <div className="flex items-center gap-4">
        <div className="flex min-w-0 flex-1 flex-col gap-1.5">
          <Progress
            value={uploads.totalBytes > 0 ? uploads.sentBytes / uploads.totalBytes : 0}
            label={over ? ended(uploads) : 'Sending'}
            done={over && uploads.done > 0}
            tone={over && uploads.done > 0 ? 'success' : 'info'}
            workKey={uploads.items[0]!.key}
            {...waiting(uploads, offline)}
          />
          {!over && <p className="text-xs text-muted tabular-nums">{words(uploads, offline !== undefined)}</p>}
        </div>
        <div className="flex shrink-0 gap-2">
          {!over &&
            (uploads.paused ? (
              <Button size="sm" onClick={() => uploader.resume()}>
                Go on
              </Button>
            ) : (
              <Button size="sm" onClick={() => uploader.pause()}>
                Pause
              </Button>
            ))}
          {failed.length > 1 && (
            <Button size="sm" onClick={() => uploader.retry()}>
              Try all again
            </Button>
          )}
          {over && (
            <Button size="sm" variant="quiet" onClick={uploader.clearEnded}>
              Clear
            </Button>
          )}
        </div>
      </div>
      {open.length > 0 && (
        <ul aria-label="On their way" className="flex flex-col gap-1.5">
          {shown(open).map((item) => (
            <MovingFile key={item.key} item={item} uploader={uploader} />
          ))}
          {open.length > MOST_SHOWN && (
            <li className="text-xs text-muted">and {open.length - MOST_SHOWN} more in line</li>
          )}
        </ul>
      )}
      {failed.length > 0 && <Ended label="Not sent" items={failed} uploader={uploader} />}
      {refused.length > 0 && <Ended label="Not taken" items={refused} uploader={uploader} />}
    </section>
  );
}

const Ended = ({ label, items, uploader }: { label: string; items: readonly UploadItem[]; uploader: Uploader }) => (
  <ul aria-label={label} className="-m-1 flex max-h-72 flex-col gap-2 overflow-y-auto p-1">
    {items.map((item) => (
      <EndedFile key={item.key} item={item} uploader={uploader} />
    ))}
  </ul>
);

/** What moves first: a file that was paused by itself does not hide the others. */
const shown = (open: readonly UploadItem[]): UploadItem[] => {
  const moves = ({ state }: UploadItem) => state === 'sending' || state === 'finishing' || state === 'offline';
  return [...open.filter(moves), ...open.filter((item) => !moves(item))].slice(0, MOST_SHOWN);
};

const words = (
  { done, items, refused, failed, sentBytes, totalBytes, secondsLeft }: UploadsNow,
  offline: boolean,
): string =>
  [
    `${done} of ${items.length - refused - failed} sent`,
    `${formatBytes(sentBytes)} of ${formatBytes(totalBytes)}`,
    secondsLeft === null || offline ? undefined : timeLeft(secondsLeft),
  ]
    .filter(Boolean)
    .join(', ');

function waiting({ paused }: UploadsNow, offline: UploadItem | undefined): { waiting?: string } {
  if (paused) return { waiting: 'Paused' };
  if (offline)
    return {
      waiting: offline.sentence ? 'The server is busy, goes on by itself' : 'Connection lost, goes on by itself',
    };
  return {};
}

// Never broken between figure and unit.
const timeLeft = (seconds: number): string =>
  seconds < 60
    ? `about\u00a0${Math.max(1, Math.round(seconds))}\u00a0s`
    : `about\u00a0${Math.round(seconds / 60)}\u00a0min`;

function ended({ done, refused, failed }: UploadsNow): string {
  const sent = done === 0 ? 'Nothing sent' : done === 1 ? '1 file sent' : `${done} files sent`;
  return [sent, failed > 0 ? `${failed} not sent` : undefined, refused > 0 ? `${refused} not taken` : undefined]
    .filter(Boolean)
    .join(', ');
}
