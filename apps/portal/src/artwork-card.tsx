import type { PortalArtwork } from '@windlass/capabilities/artwork/portal-contract';
import { Button } from '@windlass/ui/button';
import { StatusChip, type StatusLook } from '@windlass/ui/status-chip';
import { ThumbhashPicture } from '@windlass/ui/thumbhash-picture';
import { FileText, ImageOff } from 'lucide-react';
import { useRef } from 'react';

/** One file as its sender sees it: its picture, or why there is none, and whether it will be printed. */
export function ArtworkCard({ artwork, onReplace }: { artwork: PortalArtwork; onReplace: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const replaceable = artwork.state === 'changes_requested' || artwork.file.state === 'failed';
  return (
    <li data-artwork={artwork.id} className="flex min-w-0 flex-col gap-1.5" style={{ contentVisibility: 'auto', containIntrinsicSize: '9rem 13rem' }}>
      <div className="flex aspect-square items-center justify-center overflow-hidden rounded-lg border bg-sunken"><Picture artwork={artwork} /></div>
      <p className="truncate text-sm font-medium" title={artwork.name}>{artwork.name}</p>
      <div className="flex items-center gap-2"><StatusChip {...lookOf(artwork)} /></div>
      {artwork.file.state === 'failed' && artwork.file.reason && <p className="text-xs text-pretty text-muted">{artwork.file.reason.sentence} {artwork.file.reason.hint}</p>}
      {artwork.file.state === 'no_preview' && <p className="text-xs text-pretty text-muted">Kept as you sent it.</p>}
      {replaceable && (
        <>
          <Button size="sm" onClick={() => input.current?.click()}>{artwork.file.state === 'failed' ? 'Send another file' : 'Send a new version'}</Button>
          <input ref={input} type="file" tabIndex={-1} aria-label={`A new version of ${artwork.name}`} className="sr-only" onChange={(event) => event.target.files?.[0] && onReplace(event.target.files[0])} />
        </>
      )}
    </li>
  );
}

function Picture({ artwork: { name, file, thumb } }: { artwork: PortalArtwork }) {
  if (thumb) return <ThumbhashPicture src={thumb.url} thumbhash={file.thumbhash} width={thumb.width} height={thumb.height} alt={name} />;
  const words = { waiting: 'The picture is being made', no_preview: `${file.kind.toUpperCase()}, no preview`, failed: 'No picture', ready: '' }[file.state];
  const Icon = file.state === 'failed' ? ImageOff : FileText;
  return (
    <div className="flex flex-col items-center gap-2 p-3 text-center text-xs text-muted">
      {file.state === 'waiting' ? <span aria-hidden className="size-8 animate-breathe rounded-md bg-pressed" /> : <Icon aria-hidden size={20} />}
      <p>{words}</p>
    </div>
  );
}

/** In the customer's words: they know nothing of proofs that wait to be sent. */
function lookOf({ state, file }: PortalArtwork): StatusLook {
  if (file.state === 'failed') return { tone: 'danger', icon: 'cross', label: 'Cannot be used' };
  switch (state) {
    case 'awaiting':
      return { tone: 'neutral', icon: 'check', label: 'Received' };
    case 'sent':
      return { tone: 'info', icon: 'arrow', label: 'Your answer is needed' };
    case 'changes_requested':
      return { tone: 'warning', icon: 'alert', label: 'To be changed' };
    case 'approved':
      return { tone: 'success', icon: 'check', label: 'Approved for printing' };
  }
}
