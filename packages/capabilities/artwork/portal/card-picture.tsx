import type { PortalArtwork } from '../portal-contract.ts';
import { ThumbhashPicture } from '@windlass/ui/thumbhash-picture';
import { FileText, ImageOff } from 'lucide-react';
import { isLate } from './look-again-in.ts';

/** The small picture of a file, or in its place what is known of it. */
export function CardPicture({ artwork: { name, file, thumb, createdAt } }: { artwork: PortalArtwork }) {
  if (thumb)
    return (
      <ThumbhashPicture
        src={thumb.url}
        thumbhash={file.thumbhash}
        width={thumb.width}
        height={thumb.height}
        alt={name}
      />
    );
  const making = isLate(createdAt)
    ? 'The picture takes longer than usual. Your file is safely here.'
    : 'The picture is being made';
  const words = {
    waiting: making,
    no_preview: `${file.kind.toUpperCase()}, no preview`,
    failed: 'No picture',
    ready: '',
  }[file.state];
  const Icon = file.state === 'failed' ? ImageOff : FileText;
  return (
    <div className="flex flex-col items-center gap-2 p-3 text-center text-xs text-pretty text-muted">
      {file.state === 'waiting' ? (
        <span aria-hidden className="size-8 animate-breathe rounded-md bg-pressed" />
      ) : (
        <Icon aria-hidden size={20} />
      )}
      <p>{words}</p>
    </div>
  );
}
