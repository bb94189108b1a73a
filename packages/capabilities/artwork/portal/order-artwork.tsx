import type { PortalArtwork, PortalOrder } from '../portal-contract.ts';
import type { Uploader } from '../upload/create-uploader.ts';
import { FileDrop } from '../upload/file-drop.tsx';
import { useUploadStand } from '../upload/use-uploads.tsx';
import { lazyPart } from '../../kit/lazy-part.ts';
import { ConnectionLine } from '@windlass/ui/connection-line';
import { FailureNote } from '@windlass/ui/failure-note';
import { Suspense, useState } from 'react';
import { answerOf } from './answer-of.ts';
import { DropAnywhere } from './drop-anywhere.tsx';
import { Interrupted } from './interrupted.tsx';
import { LineSection } from './line-section.tsx';
import { PageFrame } from '../../kit/page-frame.tsx';
import type { PortalApi } from './portal-api.ts';
import { ProofCard } from './proof-card.tsx';
import { waitsForAnswer } from './waits-for-answer.ts';

/** Comes after the page: there is nothing in it before a file was dropped. */
const UploadTray = lazyPart(() => import('../upload/upload-tray.tsx').then((file) => file.UploadTray));

const HINT =
  'Photos and logos as JPEG, PNG, WebP, AVIF or TIFF; PDF, SVG, AI, EPS and PSD are kept as they are. Up to 512 MB each.';
const date = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric' });

export type OrderArtworkProps = {
  order: PortalOrder;
  api: PortalApi;
  uploader: Uploader;
  /** The server was there at the last try. */
  connected: boolean;
  /** The link has ended since the page was opened: why. */
  ended: string | undefined;
  answered: (id: string, change: Pick<PortalArtwork, 'state' | 'note'>) => void;
};

/**
 * The order as its customer sees it: their answer first where one is needed, then the place for files, then what is
 * there, line by line.
 */
export function OrderArtwork({ order, api, uploader, connected, ended, answered }: OrderArtworkProps) {
  // What was answered here keeps its place until the page is left.
  const stand = useUploadStand(uploader);
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set());
  const { shopName, orderNumber, lines, artworks, expiresAt } = order;
  const heading = `Artwork for order #${orderNumber}`;
  const proofs = artworks.filter((artwork) => waitsForAnswer(artwork) || kept.has(artwork.id));
  const loose = artworks.filter(({ lineId }) => lineId === null);
  // Where there is but one thing to decorate, files are for that.
  const place = lines.length === 1 ? { lineId: lines[0]!.id } : {};
  const add = (files: File[]) => uploader.add(files, place);
  return (
    <>
      <ConnectionLine connected={connected || ended !== undefined} />
      {!ended && <DropAnywhere onFiles={add} />}
      <PageFrame title={`${heading} · ${shopName}`}>
        <header className="flex flex-col gap-1">
          <p className="text-sm text-muted">{shopName}</p>
          <h1 className="text-xl font-semibold tracking-tight">{heading}</h1>
          <p aria-live="polite" className="text-sm text-muted">
            {answerOf(artworks, stand)}
          </p>
        </header>
        {ended && <FailureNote tone="warning" sentence="This page takes nothing more." cause={ended} />}
        {proofs.map((artwork) => (
          <ProofCard
            key={artwork.id}
            artwork={artwork}
            decide={api.decide}
            onAnswered={(change) => {
              setKept((before) => new Set([...before, artwork.id]));
              answered(artwork.id, change);
            }}
          />
        ))}
        {!ended && <FileDrop label="Choose files" hint={HINT} onFiles={add} />}
        {!ended && <Interrupted uploader={uploader} />}
        <Suspense>
          <UploadTray uploader={uploader} />
        </Suspense>
        {lines.map((line) => (
          <LineSection
            key={line.id}
            line={line}
            artworks={artworks.filter(({ lineId }) => lineId === line.id)}
            uploader={uploader}
            droppable={lines.length > 1 && !ended}
          />
        ))}
        {loose.length > 0 && <LineSection line={undefined} artworks={loose} uploader={uploader} droppable={false} />}
        <footer className="mt-auto border-t pt-4 text-xs text-muted">
          You can come back to this page until {date.format(new Date(expiresAt))}.
        </footer>
      </PageFrame>
    </>
  );
}
