import { Button } from '@windlass/ui/button';
import { IconButton } from '@windlass/ui/icon-button';
import { StatusIcon } from '@windlass/ui/status-icon';
import { X } from 'lucide-react';
import type { Uploader } from './create-uploader.ts';
import type { UploadItem } from './upload-item.ts';

/** A file that was not sent, and why; where another try may help, with its button. */
export function EndedFile({
  item: { key, name, state, sentence },
  uploader,
}: {
  item: UploadItem;
  uploader: Uploader;
}) {
  return (
    <li className="flex items-start gap-2 text-sm">
      <StatusIcon name="cross" size={14} className="mt-0.75 shrink-0 text-danger-text" />
      <span className="min-w-0 flex-1 wrap-anywhere">
        <span className="font-medium">{name}</span> <span className="text-pretty">{sentence}</span>
      </span>
      {state === 'failed' && (
        <Button size="sm" onClick={() => uploader.retry(key)}>
          Try again<span className="sr-only"> with {name}</span>
        </Button>
      )}
      <IconButton
        size="sm"
        label={`Take ${name} off the list`}
        icon={<X aria-hidden size={14} />}
        onClick={() => uploader.drop(key)}
      />
    </li>
  );
}
