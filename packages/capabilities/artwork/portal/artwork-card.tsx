import type { PortalArtwork } from '../portal-contract.ts';
import { ChooseFiles } from '../upload/choose-files.tsx';
import type { Uploader } from '../upload/create-uploader.ts';
import { lazyPart } from '../../kit/lazy-part.ts';
import { StatusChip } from '@windlass/ui/status-chip';
import { memo, Suspense, useState } from 'react';
import { artworkBadge } from './artwork-badge.ts';
import { CardPicture } from './card-picture.tsx';

const ArtworkViewer = lazyPart(() => import('./artwork-viewer.tsx').then((file) => file.ArtworkViewer));

/**
 * One file as its sender sees it: its picture, or why there is none, and whether it will be printed. One that did not
 * change is not drawn again.
 */
export const ArtworkCard = memo(function ArtworkCard({
  artwork,
  uploader,
}: {
  artwork: PortalArtwork;
  uploader: Uploader;
}) {
  const [open, setOpen] = useState(false);
  const { id, lineId, name, note, state, version, file, preview } = artwork;
  const failed = file.state === 'failed';
  const replace = (files: File[]) => uploader.add(files, { lineId: lineId ?? undefined, replacesId: id });
  return (
    <li
      data-artwork={id}
      className="flex min-w-0 flex-col gap-1.5"
      style={{ contentVisibility: 'auto', containIntrinsicSize: '9rem 13rem' }}
    >
      <div className="relative flex aspect-square items-center justify-center overflow-hidden rounded-lg border bg-sunken">
        <CardPicture artwork={artwork} />
        {preview && (
          <button
            type="button"
            aria-label={`Look at ${name}`}
            className="absolute inset-0 cursor-zoom-in rounded-lg outline-offset-[-2px]"
            onClick={() => setOpen(true)}
          />
        )}
      </div>
      <p className="truncate text-sm font-medium" title={name}>
        {name}
      </p>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <StatusChip {...artworkBadge(artwork)} />
        {version > 1 && <span className="text-xs text-muted">Version {version}</span>}
      </div>
      {failed && file.reason && (
        <p className="text-xs text-pretty text-muted">
          {file.reason.sentence} {file.reason.hint}
        </p>
      )}
      {file.state === 'no_preview' && <p className="text-xs text-pretty text-muted">Kept as you sent it.</p>}
      {state === 'changes_requested' && note && (
        <p className="text-xs text-pretty wrap-anywhere text-muted">To change: {note}</p>
      )}
      {(failed || state === 'changes_requested') && (
        <ChooseFiles single size="sm" label={`A new version of ${name}`} purpose={`for ${name}`} onFiles={replace}>
          {failed ? 'Send another file' : 'Send a new version'}
        </ChooseFiles>
      )}
      {open && (
        <Suspense>
          <ArtworkViewer artwork={artwork} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </li>
  );
});
