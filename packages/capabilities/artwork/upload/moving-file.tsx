import { IconButton } from '@windlass/ui/icon-button';
import { Progress } from '@windlass/ui/progress';
import { Pause, Play, X } from 'lucide-react';
import type { Uploader } from './create-uploader.ts';
import type { UploadItem, UploadState } from './upload-item.ts';

const stands: Partial<Record<UploadState, string>> = {
  checking: 'being looked at',
  waiting: 'in line',
  paused: 'paused',
  offline: 'waits',
};

/** A file on its way, with its bar and what can be done about it. */
export function MovingFile({
  item: { key, name, sizeBytes, sentBytes, state },
  uploader,
}: {
  item: UploadItem;
  uploader: Uploader;
}) {
  const stand = stands[state];
  return (
    <li className="flex items-center gap-1">
      <div className="mr-1 min-w-0 flex-1">
        <Progress
          compact
          value={state === 'finishing' ? null : sentBytes / Math.max(1, sizeBytes)}
          label={name}
          workKey={key}
          {...(stand && { waiting: `${name}, ${stand}` })}
        />
      </div>
      {state === 'paused' ? (
        <IconButton
          size="sm"
          label={`Go on with ${name}`}
          icon={<Play aria-hidden size={14} />}
          onClick={() => uploader.resume(key)}
        />
      ) : (
        <IconButton
          size="sm"
          label={`Pause ${name}`}
          icon={<Pause aria-hidden size={14} />}
          disabled={state === 'checking' || state === 'finishing'}
          onClick={() => uploader.pause(key)}
        />
      )}
      <IconButton
        size="sm"
        label={`Stop sending ${name}`}
        icon={<X aria-hidden size={14} />}
        disabled={state === 'finishing'}
        onClick={() => uploader.drop(key)}
      />
    </li>
  );
}
