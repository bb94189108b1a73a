import { useQuery } from '@tanstack/react-query';
import { isAnyOf } from '@windlass/live/define-event';
import { formatCount } from '@windlass/ui/format';
import { PageHeader } from '@windlass/ui/page-header';
import { useShortcuts } from '@windlass/ui/use-shortcuts';
import { Suspense } from 'react';
import type { z } from 'zod';
import { sliceOf } from '../../kit/api.ts';
import { lazyPart } from '../../kit/lazy-part.ts';
import { ListBar } from '../../kit/list-screen/list-bar.tsx';
import { ListBody } from '../../kit/list-screen/list-body.tsx';
import { useList } from '../../kit/list-screen/use-list.tsx';
import { useListUrl } from '../../kit/list-screen/use-list-url.tsx';
import type { countsOutput } from '../contract.ts';
import { artworkRestored, uploaded } from '../events.ts';
import { useArtworkActions } from '../parts/use-artwork-actions.tsx';
import type { ArtworkSlice } from '../server/router.ts';
import { GalleryGrid } from './gallery-grid.tsx';
import { listOptions, readList, tabLabels } from './gallery-list.ts';
import { NoArtwork } from './no-artwork.tsx';
import { patchArtwork } from './patch-artwork.ts';

/** Comes with the first artwork opened. */
const ArtworkViewer = lazyPart(() => import('./artwork-viewer.tsx').then((file) => file.ArtworkViewer));

const useApi = sliceOf<ArtworkSlice>();

/** Every artwork of the shop as a picture: what waits for a proof, what the customers said, what could not be shown. */
export default function GalleryScreen() {
  const api = useApi();
  const { tab, q } = useListUrl(readList);
  const counts = useQuery(api.artwork.counts.queryOptions()).data;
  const list = useList({
    query: listOptions(api, { tab, q }),
    rowsOf: (ids) => api.artwork.rows.queryOptions({ ids }),
    rowOf: ({ topic, data }) =>
      topic === 'artwork' ? String(data.artworkId) : topic === 'jobs' ? String(data.serves) : undefined,
    patch: patchArtwork,
    isNew: (event) => isAnyOf(event, uploaded, artworkRestored),
  });
  const { rows, focused, openId } = list;
  const actions = useArtworkActions();
  useShortcuts('This list', [
    {
      keys: 'space',
      label: 'Open the picture',
      when: focused !== undefined && openId === undefined,
      run: () => focused !== undefined && list.open(focused),
    },
  ]);

  return (
    <>
      <PageHeader title="Artwork" answer={answer(counts)} />
      <ListBar
        path="/artwork"
        label="Artwork by approval"
        tabs={tabLabels}
        counts={counts}
        find={{ label: 'Find artwork', placeholder: 'Order, customer or file' }}
      />
      <ListBody
        list={list}
        what="The artwork"
        empty={<NoArtwork tab={counts?.all.count === 0 ? 'all' : tab} search={q} />}
      >
        <GalleryGrid list={list} onRetry={(id) => actions.retry.mutate({ id })} />
      </ListBody>
      {openId !== undefined && (
        <Suspense>
          <ArtworkViewer
            id={openId}
            row={rows.find((row) => row.id === openId)}
            actions={actions}
            onClose={list.close}
            onMove={(by) => {
              const next = rows[rows.findIndex((row) => row.id === openId) + by];
              if (next) list.open(next.id);
            }}
          />
        </Suspense>
      )}
    </>
  );
}

function answer(counts: z.infer<typeof countsOutput> | undefined): string {
  if (!counts) return ' ';
  const figure = ({ count, more }: { count: number; more: boolean }) => `${formatCount(count)}${more ? '+' : ''}`;
  const parts = [
    counts.changes.count > 0 && `${figure(counts.changes)} to change`,
    counts.awaiting.count > 0 &&
      `${figure(counts.awaiting)} ${counts.awaiting.count === 1 ? 'proof' : 'proofs'} to send`,
    counts.problems.count > 0 && `${figure(counts.problems)} without a picture`,
  ].filter(Boolean);
  if (parts.length > 0) return parts.join(', ');
  return counts.all.count === 0 ? 'Nothing has been sent yet' : 'Nothing waits for you';
}
