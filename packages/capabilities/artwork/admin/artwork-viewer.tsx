import { useQuery } from '@tanstack/react-query';
import { Button } from '@windlass/ui/button';
import { FullScreen } from '@windlass/ui/full-screen';
import { IconButton } from '@windlass/ui/icon-button';
import { StatusChip } from '@windlass/ui/status-chip';
import { useShortcuts } from '@windlass/ui/use-shortcuts';
import { ChevronLeft, ChevronRight, Columns2, Maximize2 } from 'lucide-react';
import { useState } from 'react';
import { sliceOf } from '../../kit/api.ts';
import { FailedQuery } from '../../kit/failed-query.tsx';
import { useMayAct } from '../../kit/person.tsx';
import type { ArtworkRow } from '../contract.ts';
import { artworkBadge } from '../parts/artwork-badge.ts';
import type { ArtworkActions } from '../parts/use-artwork-actions.tsx';
import type { ArtworkSlice } from '../server/router.ts';
import { ArtworkFacts } from './artwork-facts.tsx';
import { AskChanges } from './ask-changes.tsx';
import { ViewerPicture } from './viewer-picture.tsx';

const useApi = sliceOf<ArtworkSlice>();
type View = 'artwork' | 'proof' | 'compare';

export type ArtworkViewerProps = {
  id: string;
  /** What the gallery knows of it already. */
  row: ArtworkRow | undefined;
  actions: ArtworkActions;
  onClose: () => void;
  onMove: (by: 1 | -1) => void;
};

/** One artwork over the whole window: zoom, the proof, the version before, and the decision. */
export function ArtworkViewer({ id, row, actions, onClose, onMove }: ArtworkViewerProps) {
  const query = useQuery(useApi().artwork.get.queryOptions({ id }));
  const detail = query.data?.id === id ? query.data : undefined;
  const artwork = detail ?? row;
  const before = detail?.versions.find((version) => version.version === detail.version - 1);
  const [view, setView] = useState<View>('artwork');
  const [zoomed, setZoomed] = useState(false);
  const [asking, setAsking] = useState(false);
  const mayAct = useMayAct('operator');
  const open = mayAct && artwork !== undefined && artwork.state !== 'approved';
  // Of a file that could not be read there is nothing to approve and nothing to show the customer: another is to be
  // asked for.
  const readable = open && artwork.file.state !== 'failed';
  const show = (wanted: View) => setView((now) => (now === wanted ? 'artwork' : wanted));
  const approve = () => actions.decide.mutate({ id, decision: 'approve' });
  const prove = () => actions.sendProof.mutate({ id });

  useShortcuts('Artwork', [
    { keys: 'arrowright', label: 'Next artwork', run: () => onMove(1), repeats: true },
    { keys: 'arrowleft', label: 'Artwork before', run: () => onMove(-1), repeats: true },
    { keys: 'space', label: 'Close the picture', run: onClose },
    { keys: 'f', label: 'Actual size', run: () => setZoomed(!zoomed) },
    { keys: 'p', label: 'Look at the proof', when: Boolean(artwork?.proof), run: () => show('proof') },
    { keys: 'c', label: 'Compare with the version before', when: before !== undefined, run: () => show('compare') },
    { keys: 'a', label: 'Approve for printing', when: readable, run: approve },
    { keys: 'r', label: 'Ask for changes', when: open, run: () => setAsking(true) },
    { keys: 's', label: 'Send the proof to the customer', when: readable, run: prove },
  ]);

  return (
    <FullScreen
      title={artwork?.name ?? 'Artwork'}
      status={artwork && <StatusChip {...artworkBadge(artwork.state)} />}
      onClose={onClose}
      tools={
        <>
          {before && (
            <IconButton
              label="Compare with the version before"
              kbd="c"
              aria-pressed={view === 'compare'}
              icon={<Columns2 aria-hidden size={16} />}
              onClick={() => show('compare')}
            />
          )}
          <IconButton
            label={zoomed ? 'Fit the window' : 'Actual size'}
            kbd="f"
            aria-pressed={zoomed}
            icon={<Maximize2 aria-hidden size={16} />}
            onClick={() => setZoomed(!zoomed)}
          />
          <IconButton
            label="Artwork before"
            kbd="←"
            icon={<ChevronLeft aria-hidden size={16} />}
            onClick={() => onMove(-1)}
          />
          <IconButton
            label="Next artwork"
            kbd="→"
            icon={<ChevronRight aria-hidden size={16} />}
            onClick={() => onMove(1)}
          />
        </>
      }
    >
      {query.isError ? (
        <div className="p-6">
          <FailedQuery what="The artwork" error={query.error} retry={() => void query.refetch()} />
        </div>
      ) : (
        <div className="flex min-h-0 flex-1 max-md:flex-col max-md:overflow-y-auto">
          <div className="flex min-h-0 min-w-0 flex-1 bg-sunken max-md:h-[62dvh] max-md:flex-none">
            {view === 'compare' && before && (
              <ViewerPicture artwork={before} zoomed={zoomed} caption={`Version ${before.version}`} />
            )}
            {artwork && (
              <ViewerPicture
                key={id}
                artwork={artwork}
                proof={view === 'proof'}
                zoomed={zoomed}
                {...(view === 'compare' && { caption: `Version ${artwork.version}` })}
              />
            )}
          </div>
          <aside className="flex shrink-0 flex-col md:w-80 md:overflow-y-auto md:border-l">
            {artwork && (
              <ArtworkFacts
                artwork={artwork}
                detail={detail}
                view={view}
                onView={show}
                actions={actions}
                onRemoved={onClose}
                onAskChanges={() => setAsking(true)}
              />
            )}
            {mayAct && artwork && (
              <div className="mt-auto flex flex-wrap gap-2 border-t bg-canvas p-4 *:flex-1 max-md:sticky max-md:bottom-0">
                {readable && (
                  <Button variant="primary" kbd="a" loading={actions.decide.isPending} onClick={approve}>
                    Approve
                  </Button>
                )}
                {open && (
                  <Button variant={readable ? 'secondary' : 'primary'} kbd="r" onClick={() => setAsking(true)}>
                    Ask for changes
                  </Button>
                )}
                {readable && (
                  <Button kbd="s" loading={actions.sendProof.isPending} onClick={prove}>
                    {artwork.state === 'sent' ? 'Send the proof again' : 'Send proof'}
                  </Button>
                )}
              </div>
            )}
          </aside>
        </div>
      )}
      <AskChanges
        open={asking}
        onOpenChange={setAsking}
        name={artwork?.name ?? ''}
        onAsk={(note) => actions.decide.mutate({ id, decision: 'request-changes', note })}
      />
    </FullScreen>
  );
}
