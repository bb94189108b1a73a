import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, buttonClass } from '@windlass/ui/button';
import { offerUndo, showToast } from '@windlass/ui/toast';
import { useCopy } from '@windlass/ui/use-copy';
import { Link2 } from 'lucide-react';
import { sliceOf } from '../../kit/api.ts';
import { wordsOf } from '../../kit/error-words.ts';
import { FailedQuery } from '../../kit/failed-query.tsx';
import { useMayAct } from '../../kit/person.tsx';
import { RouterLink } from '../../kit/render-link.tsx';
import type { ArtworkSlice } from '../server/router.ts';
import { artworkBadge, workFailed } from './artwork-badge.ts';
import { ArtworkPicture } from './artwork-picture.tsx';
import { ChooseFiles } from '../upload/choose-files.tsx';
import { DropArea } from '../upload/drop-area.tsx';
import { UploadTray } from '../upload/upload-tray.tsx';
import { useArtworkActions } from './use-artwork-actions.tsx';
import { useOrderUploader } from './use-order-uploader.tsx';

const useApi = sliceOf<ArtworkSlice>();
/** More than a row or two belongs into the gallery. */
const MOST = 12;

export type OrderArtworkProps = { orderId: string; orderNumber: number };

/** What was sent for an order, as small pictures, with the customer's link and a place to drop files. */
export function OrderArtwork({ orderId, orderNumber }: OrderArtworkProps) {
  const api = useApi();
  const query = useQuery(api.artwork.ofOrder.queryOptions({ orderId }));
  const { retry } = useArtworkActions();
  const uploader = useOrderUploader(orderId);
  const mayAct = useMayAct('operator');
  const rows = query.data?.rows ?? [];
  const add = (files: File[]) => uploader.add(files);
  if (query.isError) return <FailedQuery what="The artwork" error={query.error} retry={() => void query.refetch()} />;
  const body = (
    <>
      {rows.length > 0 && (
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(6.5rem,1fr))] gap-2">
          {rows.slice(0, MOST).map((artwork) => (
            <li key={artwork.id} className="flex flex-col gap-1">
              <RouterLink
                to={`/artwork?tab=all&q=%23${orderNumber}&open=${artwork.id}`}
                className="flex flex-col gap-1 rounded-md"
              >
                <span className="flex aspect-square items-center justify-center overflow-hidden rounded-md border bg-sunken">
                  <ArtworkPicture artwork={artwork} size="thumb" />
                </span>
                <span className="truncate text-xs" title={artwork.name}>
                  {artwork.name}
                </span>
                <span className="truncate text-xs text-muted">{artworkBadge(artwork.state).label}</span>
              </RouterLink>
              {/* Beside the link: a button inside one would be two things at once. */}
              {mayAct && workFailed(artwork) && artwork.job && (
                <Button size="sm" onClick={() => artwork.job && retry.mutate({ id: artwork.job.id })}>
                  Try again
                </Button>
              )}
              {mayAct && artwork.file.state === 'failed' && (
                <ChooseFiles
                  size="sm"
                  single
                  label={`New version of ${artwork.name}`}
                  onFiles={(files) => uploader.add(files, { replacesId: artwork.id })}
                >
                  Replace file
                </ChooseFiles>
              )}
            </li>
          ))}
        </ul>
      )}
      <div className="flex flex-wrap items-center gap-2">
        {rows.length > MOST && (
          <RouterLink to={`/artwork?tab=all&q=%23${orderNumber}`} className={buttonClass({ size: 'sm' })}>
            All {rows.length} in the gallery
          </RouterLink>
        )}
        {mayAct && (
          <ChooseFiles size="sm" label="Add files" onFiles={add}>
            Add files
          </ChooseFiles>
        )}
        {mayAct && <CustomerLink orderId={orderId} />}
      </div>
      <UploadTray uploader={uploader} />
    </>
  );
  return mayAct ? (
    <DropArea onFiles={add} className="flex flex-col gap-3">
      {body}
    </DropArea>
  ) : (
    <div className="flex flex-col gap-3">{body}</div>
  );
}

/** The customer's own address for the artwork of an order: made with the first copy. */
function CustomerLink({ orderId }: { orderId: string }) {
  const api = useApi();
  const link = useQuery(api.artwork.link.queryOptions({ orderId }));
  const { copy } = useCopy();
  const onError = (error: unknown) => showToast({ message: wordsOf(error).sentence, tone: 'danger' });
  const make = useMutation(
    api.artwork.makeLink.mutationOptions({
      onError,
      onSuccess: ({ url }) => {
        void copy(url);
        void link.refetch();
        showToast({ message: 'Copied. The customer can send artwork there and answer proofs.', tone: 'success' });
      },
    }),
  );
  const restore = useMutation(
    api.artwork.restoreLink.mutationOptions({
      onError,
      onSuccess: ({ message }) => showToast({ message, tone: 'success' }),
    }),
  );
  const revoke = useMutation(
    api.artwork.revokeLink.mutationOptions({
      onError,
      onSuccess: ({ message, undoUntil }) =>
        offerUndo({
          about: `artwork link of ${orderId}`,
          message,
          undoUntil,
          onUndo: () => restore.mutate({ orderId }),
        }),
    }),
  );
  return (
    <>
      <Button
        size="sm"
        icon={<Link2 aria-hidden size={14} />}
        loading={make.isPending}
        onClick={() => make.mutate({ orderId })}
      >
        Copy the customer’s link
      </Button>
      {link.data?.expiresAt && (
        <Button size="sm" variant="quiet" loading={revoke.isPending} onClick={() => revoke.mutate({ orderId })}>
          Close artwork link
        </Button>
      )}
    </>
  );
}
