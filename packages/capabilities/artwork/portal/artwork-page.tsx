import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { PortalArtwork, PortalOrder } from '../portal-contract.ts';
import { createUploader } from '../upload/create-uploader.ts';
import { rememberUploads } from '../upload/remember-uploads.ts';
import { UploadRefused } from '../upload/upload-calls.ts';
import { useUploadStand } from '../upload/use-uploads.tsx';
import { useState } from 'react';
import { LinkEnded } from '../../kit/link-ended.tsx';
import { lookAgainIn } from './look-again-in.ts';
import { OrderArtwork } from './order-artwork.tsx';
import { PageFrame } from '../../kit/page-frame.tsx';
import { PageWaits } from './page-waits.tsx';
import type { PortalApi } from './portal-api.ts';

const ORDER = ['order'];

/**
 * The customer's page: what to decorate, what was sent, what waits for their word. `scope` names the order in this
 * browser's memory.
 */
export function ArtworkPage({ api, scope }: { api: PortalApi; scope: string }) {
  const queryClient = useQueryClient();
  // Files end by the hundred: those that come while it is being read are in the next reading.
  const lookAgain = () => void queryClient.refetchQueries({ queryKey: ORDER }, { cancelRefetch: false });
  const [uploader] = useState(() =>
    createUploader(api, { memory: rememberUploads(scope, localStorage), onAdded: lookAgain }),
  );
  const uploading = useUploadStand(uploader) === 'moving';
  const {
    data: order,
    error,
    isError,
    isPaused,
    refetch,
  } = useQuery({
    queryKey: ORDER,
    queryFn: api.read,
    retry: (failures, reason) => failures < 2 && !(reason instanceof UploadRefused),
    refetchInterval: ({ state }) => (state.error instanceof UploadRefused ? false : lookAgainIn(state.data, uploading)),
  });
  const answered = (id: string, change: Pick<PortalArtwork, 'state' | 'note'>) => {
    queryClient.setQueryData<PortalOrder>(
      ORDER,
      (known) =>
        known && {
          ...known,
          artworks: known.artworks.map((artwork) => (artwork.id === id ? { ...artwork, ...change } : artwork)),
        },
    );
    lookAgain();
  };

  const ended = error instanceof UploadRefused ? error.message : undefined;
  if (order)
    return (
      <OrderArtwork order={order} ended={ended} connected={!isError && !isPaused} {...{ api, uploader, answered }} />
    );
  if (ended) return <LinkEnded title="Artwork" sentence={ended} />;
  return (
    <PageFrame title="Artwork">
      <PageWaits away={isError || isPaused} onRetry={() => void refetch()} />
    </PageFrame>
  );
}
