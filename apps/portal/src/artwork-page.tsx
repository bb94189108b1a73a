import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { PortalOrder } from '@windlass/capabilities/artwork/portal-contract';
import { createUploader } from '@windlass/capabilities/artwork/upload/create-uploader';
import { FileDrop } from '@windlass/capabilities/artwork/upload/file-drop';
import { rememberUploads } from '@windlass/capabilities/artwork/upload/remember-uploads';
import { UploadRefused } from '@windlass/capabilities/artwork/upload/upload-calls';
import { UploadTray } from '@windlass/capabilities/artwork/upload/upload-tray';
import { useUploads } from '@windlass/capabilities/artwork/upload/use-uploads';
import { ConnectionLine } from '@windlass/ui/connection-line';
import { Skeleton } from '@windlass/ui/skeleton';
import { useDocumentTitle } from '@windlass/ui/use-document-title';
import { useState } from 'react';
import { DropAnywhere } from './drop-anywhere.tsx';
import { Interrupted } from './interrupted.tsx';
import { LinkEnded } from './link-ended.tsx';
import { LineSection } from './line-section.tsx';
import type { PortalApi } from './portal-api.ts';
import { ProofCard } from './proof-card.tsx';

const ORDER = ['order'];
/** How often the page looks again: while something is made or sent, and while it only may hear from the shop. In ms. */
const MOVING_MS = 1_500;
const IDLE_MS = 10_000;

const isMoving = (order: PortalOrder | undefined): boolean =>
  order?.artworks.some(({ file, state, proof }) => file.state === 'waiting' || (state === 'sent' && file.state === 'ready' && !proof)) ?? false;

/** The customer's page: what to decorate, what was sent, what waits for their word. */
export function ArtworkPage({ api, scope }: { api: PortalApi; scope: string }) {
  const queryClient = useQueryClient();
  const [memory] = useState(() => rememberUploads(scope, localStorage));
  const [uploader] = useState(() => createUploader(api, { memory, onAdded: () => void queryClient.invalidateQueries({ queryKey: ORDER }) }));
  const uploads = useUploads(uploader);
  const order = useQuery({
    queryKey: ORDER,
    queryFn: api.read,
    retry: (failures, error) => failures < 3 && !(error instanceof UploadRefused),
    refetchInterval: ({ state }) => (uploads.moving || isMoving(state.data) ? MOVING_MS : IDLE_MS),
  });
  useDocumentTitle(order.data ? `Artwork for order #${order.data.orderNumber}` : 'Artwork');

  if (order.error instanceof UploadRefused && !order.data) return <LinkEnded sentence={order.error.message} />;
  if (!order.data) return <Frame><Skeleton className="h-6 w-72" /><Skeleton className="h-40 w-full" /></Frame>;
  const { shopName, orderNumber, lines, artworks } = order.data;
  const proofs = artworks.filter(({ state, proof }) => state === 'sent' && proof);
  const loose = artworks.filter(({ lineId }) => lineId === null);
  return (
    <>
      <ConnectionLine connected={!order.isError} />
      <DropAnywhere onFiles={(files) => uploader.add(files)} />
      <Frame>
        <header className="flex flex-col gap-1">
          <p className="text-sm text-muted">{shopName}</p>
          <h1 className="text-xl font-semibold tracking-tight">Artwork for order #{orderNumber}</h1>
        </header>
        {proofs.map((artwork) => <ProofCard key={artwork.id} artwork={artwork} api={api} onAnswered={() => void order.refetch()} />)}
        <FileDrop
          label="Choose files"
          hint="Photos and logos as JPEG, PNG, WebP, AVIF or TIFF; PDF, SVG, AI, EPS and PSD are kept as they are. Up to 512 MB each, as many as you like."
          onFiles={(files) => uploader.add(files, lines.length === 1 ? { lineId: lines[0]!.id } : {})}
        />
        <Interrupted memory={memory} moving={uploads.items.length > 0} />
        <UploadTray uploader={uploader} />
        {lines.map((line) => (
          <LineSection key={line.id} line={line} artworks={artworks.filter(({ lineId }) => lineId === line.id)} alone={lines.length === 1} onFiles={(files, replacesId) => uploader.add(files, { lineId: line.id, replacesId })} />
        ))}
        {loose.length > 0 && <LineSection line={undefined} artworks={loose} alone onFiles={(files, replacesId) => uploader.add(files, { replacesId })} />}
      </Frame>
    </>
  );
}

const Frame = ({ children }: { children: React.ReactNode }) => <main className="mx-auto flex min-h-dvh max-w-3xl flex-col gap-6 px-4 py-8 sm:py-12">{children}</main>;
