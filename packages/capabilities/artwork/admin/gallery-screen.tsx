import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { isAnyOf } from '@windlass/live/define-event';
import { formatCount } from '@windlass/ui/format';
import { NewRowsBanner } from '@windlass/ui/new-rows-banner';
import { PageHeader } from '@windlass/ui/page-header';
import { SearchInput } from '@windlass/ui/search-input';
import { TabsWithCounts } from '@windlass/ui/tabs-with-counts';
import { useShortcuts } from '@windlass/ui/use-shortcuts';
import { Suspense, useDeferredValue, useMemo } from 'react';
import type { z } from 'zod';
import { sliceOf } from '../../kit/api.ts';
import { FailedQuery } from '../../kit/failed-query.tsx';
import { lazyPart } from '../../kit/lazy-part.ts';
import { LoadMore } from '../../kit/load-more.tsx';
import { RouterLink } from '../../kit/render-link.tsx';
import { useLiveRows } from '../../kit/use-live-rows.tsx';
import { useListKeys } from '../../kit/use-list-keys.tsx';
import { oneOf, type UrlSearch, useUrlState } from '../../kit/use-url-state.tsx';
import type { ArtworkTab, countsOutput } from '../contract.ts';
import { useArtworkActions } from '../parts/use-artwork-actions.tsx';
import type { ArtworkSlice } from '../server/router.ts';
import { GalleryGrid } from './gallery-grid.tsx';
import { NoArtwork } from './no-artwork.tsx';
import { patchArtwork } from './patch-artwork.ts';
import { artworkRestored, uploaded } from '../events.ts';

/** Comes with the first artwork opened. */
const ArtworkViewer = lazyPart(() => import('./artwork-viewer.tsx').then((file) => file.ArtworkViewer));

const useApi = sliceOf<ArtworkSlice>();
const PAGE = 100;
const tabLabels: Record<ArtworkTab, string> = {
  awaiting: 'Proof to send',
  sent: 'Proof sent',
  changes: 'Changes requested',
  approved: 'Approved',
  problems: 'Problems',
  all: 'All',
};
const tabs = Object.keys(tabLabels) as ArtworkTab[];
const readUrl = ({ tab, q = '', open }: UrlSearch) => ({ tab: oneOf(tabs, tab), q, open });

/** Every artwork of the shop as a picture: what waits for a proof, what the customers said, what could not be shown. */
export default function GalleryScreen() {
  const api = useApi();
  const [{ tab, q, open }, setUrl] = useUrlState(readUrl);
  const search = useDeferredValue(q);
  const counts = useQuery(api.artwork.counts.queryOptions()).data;
  const listOptions = api.artwork.list.infiniteQueryOptions(
    { tab, limit: PAGE, ...(search && { search }) },
    { getNextPageParam: (page) => page.next ?? undefined, placeholderData: (previous) => previous },
  );
  const list = useInfiniteQuery(listOptions);
  // Ten thousand rows are put together once for each change, not for each step of a scroll.
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? [], [list.data]);
  const queryClient = useQueryClient();
  const live = useLiveRows({
    listKey: listOptions.queryKey,
    rows,
    rowOf: ({ topic, data }) =>
      topic === 'artwork' ? String(data.artworkId) : topic === 'jobs' ? String(data.serves) : undefined,
    patch: patchArtwork,
    isNew: (event) => isAnyOf(event, uploaded, artworkRestored),
    fetchRows: (ids) => queryClient.fetchQuery(api.artwork.rows.queryOptions({ ids }, { staleTime: 0, gcTime: 0 })),
  });
  const actions = useArtworkActions();
  const openArtwork = (id: string | undefined) => setUrl({ open: id });
  const { focused, focus } = useListKeys({ ids: rows.map((row) => row.id), openId: open, open: openArtwork });
  useShortcuts('This list', [
    {
      keys: 'space',
      label: 'Open the picture',
      when: focused !== undefined && open === undefined,
      run: () => openArtwork(focused),
    },
  ]);
  const to = (key: ArtworkTab) => `/artwork?${new URLSearchParams({ tab: key, ...(q && { q }) })}`;

  return (
    <>
      <PageHeader title="Artwork" answer={answer(counts)} />
      <div className="flex flex-wrap items-end gap-x-6 gap-y-3 xl:flex-nowrap">
        <TabsWithCounts
          label="Artwork by approval"
          current={tab}
          renderLink={RouterLink}
          tabs={tabs.map((key) => ({
            key,
            label: tabLabels[key],
            to: to(key),
            ...(counts && { count: counts[key].count, more: counts[key].more }),
          }))}
        />
        <SearchInput
          label="Find artwork"
          placeholder="Order, customer or file"
          value={q}
          onChange={(value) => setUrl({ q: value }, { replace: true })}
        />
      </div>
      <NewRowsBanner count={live.waiting} onShow={live.show} />
      {list.isError ? (
        <FailedQuery what="The artwork" error={list.error} retry={() => void list.refetch()} />
      ) : list.isSuccess && rows.length === 0 ? (
        <NoArtwork tab={counts?.all.count === 0 ? 'all' : tab} search={search} />
      ) : (
        <GalleryGrid
          rows={rows}
          loading={list.isPending}
          focused={focused}
          onOpen={(id) => {
            focus(id);
            openArtwork(id);
          }}
          onRetry={(id) => actions.retry.mutate({ id })}
        />
      )}
      <LoadMore more={list.hasNextPage} busy={list.isFetchingNextPage} load={() => void list.fetchNextPage()} />
      {open !== undefined && (
        <Suspense>
          <ArtworkViewer
            id={open}
            row={rows.find((row) => row.id === open)}
            actions={actions}
            onClose={() => openArtwork(undefined)}
            onMove={(by) => {
              const next = rows[rows.findIndex((row) => row.id === open) + by];
              if (next) openArtwork(next.id);
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
