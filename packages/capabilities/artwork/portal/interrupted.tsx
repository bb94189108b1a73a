import type { Uploader } from '../upload/create-uploader.ts';
import { useUploads } from '../upload/use-uploads.tsx';
import { Button } from '@windlass/ui/button';

const MOST_NAMED = 5;

/**
 * What a reload has interrupted: a browser may not read the files again by itself, so the customer drops them once
 * more.
 */
export function Interrupted({ uploader }: { uploader: Uploader }) {
  // Read anew whenever an upload moves: each that goes on leaves the list.
  useUploads(uploader);
  const kept = uploader.interrupted();
  if (kept.length === 0) return null;
  const names = kept
    .slice(0, MOST_NAMED)
    .map(({ name }) => name)
    .join(', ');
  return (
    <div className="flex flex-wrap items-center gap-3 rounded-md border border-warning-border bg-warning-soft px-3 py-2.5">
      <p className="min-w-0 grow basis-72 text-sm text-pretty wrap-anywhere">
        <span className="font-medium text-warning-text">
          {kept.length === 1 ? '1 upload was interrupted.' : `${kept.length} uploads were interrupted.`}
        </span>{' '}
        {kept.length === 1
          ? 'Drop the same file again, and it goes on where it stood'
          : 'Drop the same files again, and they go on where they stood'}
        : {names}
        {kept.length > MOST_NAMED && ` and ${kept.length - MOST_NAMED} more`}. What is here already is not sent twice.
      </p>
      <Button size="sm" variant="quiet" onClick={() => uploader.forgetInterrupted()}>
        {kept.length === 1 ? 'Forget it' : 'Forget them'}
      </Button>
    </div>
  );
}
