import { Button } from '@windlass/ui/button';
import { formatBytes } from '@windlass/ui/format';
import { IconButton } from '@windlass/ui/icon-button';
import { Progress } from '@windlass/ui/progress';
import { StatusIcon } from '@windlass/ui/status-icon';
import { X } from 'lucide-react';
import type { Uploader } from './create-uploader.ts';
import { isOver, type UploadItem, type UploadsNow } from './upload-item.ts';
import { useUploads } from './use-uploads.tsx';

/** Two hundred rows tell no more than the first few and the sum. */
const MOST_SHOWN = 6;

/** How the sending fares: one bar for all of it, the files on the line, and each refused one with its reason. */
export function UploadTray({ uploader }: { uploader: Uploader }) {
  const uploads = useUploads(uploader);
  if (uploads.items.length === 0) return null;
  const refused = uploads.items.filter(({ state }) => state === 'refused');
  const moving = uploads.items.filter(({ state }) => !isOver(state));
  const over = moving.length === 0;
  return (
    <section aria-label="Uploads" className="flex flex-col gap-3 rounded-lg border bg-raised p-4">
      <div className="flex items-end gap-4">
        <div className="min-w-0 flex-1">
          <Progress
            value={uploads.totalBytes > 0 ? uploads.sentBytes / uploads.totalBytes : 0}
            label={over ? ended(uploads) : 'Sending'}
            count={over ? undefined : words(uploads)}
            done={over}
            tone={over && uploads.done > 0 ? 'success' : 'info'}
            workKey={String(uploads.items[0]!.key)}
            {...(uploads.paused && { waiting: 'Paused' })}
          />
        </div>
        <div className="flex shrink-0 gap-2">
          {!over && (uploads.paused
            ? <Button size="sm" onClick={uploader.resumeAll}>Go on</Button>
            : <Button size="sm" onClick={uploader.pauseAll}>Pause</Button>)}
          {over && <Button size="sm" variant="quiet" onClick={uploader.clearEnded}>Clear</Button>}
        </div>
      </div>
      {moving.length > 0 && (
        <ul className="flex flex-col gap-1.5">
          {moving.slice(0, MOST_SHOWN).map((item) => <MovingFile key={item.key} item={item} onDrop={() => uploader.drop(item.key)} />)}
          {moving.length > MOST_SHOWN && <li className="text-xs text-muted">and {moving.length - MOST_SHOWN} more in line</li>}
        </ul>
      )}
      {refused.length > 0 && (
        <ul aria-label="Not taken" className="flex max-h-72 flex-col gap-2 overflow-y-auto">
          {refused.map((item) => (
            <li key={item.key} className="flex items-start gap-2 text-sm">
              <StatusIcon name="cross" size={14} className="mt-0.75 shrink-0 text-danger-text" />
              <span className="min-w-0 flex-1 wrap-anywhere"><span className="font-medium">{item.name}</span> <span className="text-pretty">{item.sentence}</span></span>
              <IconButton size="sm" label={`Take ${item.name} off the list`} icon={<X aria-hidden size={14} />} onClick={() => uploader.drop(item.key)} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function MovingFile({ item, onDrop }: { item: UploadItem; onDrop: () => void }) {
  const share = item.sizeBytes > 0 ? item.sentBytes / item.sizeBytes : 0;
  const waiting = { waiting: 'in line', paused: 'paused', offline: 'connection lost, goes on by itself' }[item.state as 'waiting'];
  return (
    <li className="flex items-center gap-2">
      <div className="min-w-0 flex-1"><Progress compact value={item.state === 'finishing' ? null : share} label={item.name} workKey={item.key} {...(waiting && { waiting: `${item.name}, ${waiting}` })} /></div>
      <IconButton size="sm" label={`Stop sending ${item.name}`} icon={<X aria-hidden size={14} />} onClick={onDrop} />
    </li>
  );
}

const words = ({ done, items, refused, sentBytes, totalBytes, secondsLeft }: UploadsNow): string =>
  [`${done} of ${items.length - refused} sent`, `${formatBytes(sentBytes)} of ${formatBytes(totalBytes)}`, secondsLeft === null ? undefined : timeLeft(secondsLeft)].filter(Boolean).join(', ');

const timeLeft = (seconds: number): string => (seconds < 60 ? `about ${Math.max(1, Math.round(seconds))} s` : `about ${Math.round(seconds / 60)} min`);

function ended({ done, refused }: UploadsNow): string {
  const sent = done === 1 ? '1 file sent' : `${done} files sent`;
  return refused === 0 ? sent : `${sent}, ${refused} not taken`;
}
