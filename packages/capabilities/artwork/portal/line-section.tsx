import { decorationWords } from '../parts/artwork-badge.ts';
import type { PortalArtwork, PortalOrder } from '../portal-contract.ts';
import { ChooseFiles } from '../upload/choose-files.tsx';
import type { Uploader } from '../upload/create-uploader.ts';
import { DropArea } from '../upload/drop-area.tsx';
import { ArtworkCard } from './artwork-card.tsx';

type Props = {
  /** Undefined: what was sent for the order as a whole. */
  line: PortalOrder['lines'][number] | undefined;
  artworks: readonly PortalArtwork[];
  uploader: Uploader;
  /** It takes files of its own; else the large place above serves it. */
  droppable: boolean;
};

/** One thing to decorate, with the artwork that was sent for it. */
export function LineSection({ line, artworks, uploader, droppable }: Props) {
  const title = line?.title ?? 'For the whole order';
  const facts = [
    line && line.quantity > 1 ? `${line.quantity} pieces` : undefined,
    decorationWords(line?.decoration),
    artworks.length > 1 ? `${artworks.length} files` : undefined,
  ];
  const add = (files: File[]) => uploader.add(files, { lineId: line?.id });
  const body = (
    <section aria-label={title} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2 border-b pb-2">
        <div className="flex min-w-0 flex-col">
          <h2 className="font-semibold">{title}</h2>
          <p className="text-sm text-muted">{facts.filter(Boolean).join(' · ')}</p>
        </div>
        {droppable && (
          <ChooseFiles size="sm" label={`Files for ${title}`} purpose={`for ${title}`} onFiles={add}>
            Add files
          </ChooseFiles>
        )}
      </div>
      {artworks.length === 0 ? (
        <p className="text-sm text-muted">Nothing sent for this yet.</p>
      ) : (
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-3">
          {artworks.map((artwork) => (
            <ArtworkCard key={artwork.id} artwork={artwork} uploader={uploader} />
          ))}
        </ul>
      )}
    </section>
  );
  return droppable ? <DropArea onFiles={add}>{body}</DropArea> : body;
}
