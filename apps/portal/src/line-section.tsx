import { decorationWords } from '@windlass/capabilities/artwork/artwork-look';
import type { PortalArtwork, PortalOrder } from '@windlass/capabilities/artwork/portal-contract';
import { FileDrop } from '@windlass/capabilities/artwork/upload/file-drop';
import { ArtworkCard } from './artwork-card.tsx';

type Props = {
  /** Undefined: what was sent for the order as a whole. */
  line: PortalOrder['lines'][number] | undefined;
  artworks: readonly PortalArtwork[];
  /** The only place to drop files: the large one above serves it. */
  alone: boolean;
  onFiles: (files: File[], replacesId?: string) => void;
};

/** One thing to decorate, with the artwork that was sent for it. */
export function LineSection({ line, artworks, alone, onFiles }: Props) {
  const words = decorationWords(line?.decoration);
  return (
    <section className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2 border-b pb-2">
        <div className="flex min-w-0 flex-col">
          <h2 className="font-semibold">{line ? line.title : 'For the whole order'}</h2>
          <p className="text-sm text-muted">{[line && line.quantity > 1 ? `${line.quantity} pieces` : undefined, words].filter(Boolean).join(' · ') || (artworks.length === 1 ? '1 file' : `${artworks.length} files`)}</p>
        </div>
        {!alone && <FileDrop quiet label="Add files" onFiles={(files) => onFiles(files)} />}
      </div>
      {artworks.length === 0
        ? <p className="text-sm text-muted">Nothing sent for this yet.</p>
        : <ul className="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-3">{artworks.map((artwork) => <ArtworkCard key={artwork.id} artwork={artwork} onReplace={(file) => onFiles([file], artwork.id)} />)}</ul>}
    </section>
  );
}
