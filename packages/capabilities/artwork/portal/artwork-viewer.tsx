import type { PortalArtwork } from '../portal-contract.ts';
import { FullScreen } from '@windlass/ui/full-screen';
import { StatusChip } from '@windlass/ui/status-chip';
import { ThumbhashPicture } from '@windlass/ui/thumbhash-picture';
import { artworkBadge } from './artwork-badge.ts';

/** A file's picture by itself, as large as the window takes it. */
export function ArtworkViewer({ artwork, onClose }: { artwork: PortalArtwork; onClose: () => void }) {
  const { name, file, preview } = artwork;
  return (
    <FullScreen title={name} status={<StatusChip {...artworkBadge(artwork)} />} onClose={onClose}>
      <div className="flex min-h-0 flex-1 items-center justify-center bg-sunken p-4">
        {preview && (
          <ThumbhashPicture
            src={preview.url}
            thumbhash={file.thumbhash}
            width={preview.width}
            height={preview.height}
            alt={name}
            eager
          />
        )}
      </div>
    </FullScreen>
  );
}
