import { cx } from '@windlass/ui/cx';
import { StatusIcon } from '@windlass/ui/status-icon';
import { toneText } from '@windlass/ui/tone';
import { memo } from 'react';
import { useMayAct } from '../../kit/person.tsx';
import type { ArtworkRow } from '../contract.ts';
import { artworkBadge } from '../parts/artwork-badge.ts';
import { ArtworkPicture } from '../parts/artwork-picture.tsx';

/** Room for the two lines below the picture. In pixels. */
export const TILE_FOOT = 52;

type Props = {
  artwork: ArtworkRow;
  side: number;
  focused: boolean;
  onOpen: (id: string) => void;
  onRetry: (jobId: string) => void;
};

/**
 * One artwork in the gallery: its picture, whose it is, and whether it may be printed. Drawn anew only when its row
 * changed.
 */
export const ArtworkTile = memo(function ArtworkTile({ artwork, side, focused, onOpen, onRetry }: Props) {
  const look = artworkBadge(artwork.state);
  const mayAct = useMayAct('operator');
  return (
    <div
      role="listitem"
      data-artwork={artwork.id}
      className="relative flex min-w-0 flex-col"
      style={{ contain: 'layout paint style' }}
    >
      <div
        className={cx(
          'flex items-center justify-center overflow-hidden rounded-lg border bg-sunken',
          focused ? 'border-accent ring-2 ring-accent' : 'border-line',
        )}
        style={{ height: side }}
      >
        <ArtworkPicture artwork={artwork} size="thumb" {...(mayAct && { onRetry, onMend: () => onOpen(artwork.id) })} />
      </div>
      <div className="flex min-w-0 flex-col pt-1.5" style={{ height: TILE_FOOT }}>
        <button
          type="button"
          data-focused={focused || undefined}
          onClick={() => onOpen(artwork.id)}
          className="truncate rounded-sm text-left text-sm font-medium before:absolute before:inset-x-0 before:top-0 before:aspect-square before:content-['']"
        >
          {artwork.name}
        </button>
        <span className="flex min-w-0 items-center gap-1.5 text-xs text-muted">
          <span title={look.label} className={cx('flex shrink-0 items-center gap-1', toneText[look.tone])}>
            <StatusIcon name={look.icon} />
            <span className="sr-only">{look.label}</span>
          </span>
          <span className="truncate">
            #{artwork.orderNumber} {artwork.customerName}
          </span>
          {artwork.version > 1 && <span className="shrink-0 tabular-nums">v{artwork.version}</span>}
        </span>
      </div>
    </div>
  );
});
