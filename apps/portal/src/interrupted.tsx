import type { UploadMemory } from '@windlass/capabilities/artwork/upload/remember-uploads';
import { Button } from '@windlass/ui/button';
import { useState } from 'react';

const MOST_NAMED = 5;

/** What a reload has interrupted: a browser may not read the files again by itself, so the customer drops them once more. */
export function Interrupted({ memory, moving }: { memory: UploadMemory; moving: boolean }) {
  const [kept, setKept] = useState(memory.all);
  if (kept.length === 0 || moving) return null;
  const names = kept.slice(0, MOST_NAMED).map(({ name }) => name).join(', ');
  const forget = () => {
    for (const { uploadId } of kept) memory.forget(uploadId);
    setKept([]);
  };
  return (
    <div className="flex flex-wrap items-center gap-3 rounded-md border border-warning-border bg-warning-soft px-3 py-2.5">
      <p className="min-w-0 grow basis-72 text-sm text-pretty wrap-anywhere">
        <span className="font-medium text-warning-text">{kept.length === 1 ? '1 upload was interrupted.' : `${kept.length} uploads were interrupted.`}</span>{' '}
        Drop the same files again, and they go on where they stood: {names}{kept.length > MOST_NAMED && ` and ${kept.length - MOST_NAMED} more`}.
      </p>
      <Button size="sm" variant="quiet" onClick={forget}>Forget them</Button>
    </div>
  );
}
