import { Images } from 'lucide-react';
import { isJobReport } from '@windlass/queue/jobs/job-report';
import { isIdOf } from '../../kit/is-id-of.ts';
import { lazyPart } from '../../kit/lazy-part.ts';
import type { AdminPlug } from '../../kit/admin-plug.ts';
import { patchQuery } from '../../kit/patch-query.ts';
import type { ArtworkDetail, ArtworkRow } from '../contract.ts';
import { prefetchList } from './gallery-list.ts';
import { patchArtwork } from './patch-artwork.ts';

export const adminPlug: AdminPlug = {
  screens: [
    {
      path: '/artwork',
      component: lazyPart(() => import('./gallery-screen.tsx').then((file) => file.default)),
      prefetch: prefetchList,
    },
  ],
  rail: [{ label: 'Artwork', to: '/artwork', icon: <Images aria-hidden size={16} /> }],
  timeline: () => import('./timeline.ts').then((file) => file.timeline),
  // The gallery mends its own tiles (kit/use-live-rows.tsx).
  invalidates: ({ topic, type, data }) => {
    if (topic === 'jobs')
      return isIdOf('art', data.serves) && !isJobReport(type)
        ? [
            ['artwork', 'get'],
            ['artwork', 'ofOrder'],
          ]
        : [];
    return topic === 'artwork'
      ? [
          ['artwork', 'counts'],
          ['artwork', 'get'],
          ['artwork', 'ofOrder'],
          ['artwork', 'link'],
        ]
      : [];
  },
  outdates: ({ topic, data }) =>
    topic === 'artwork' || (topic === 'jobs' && isIdOf('art', data.serves)) ? [['artwork', 'list']] : [],
  patch(event, queryClient) {
    if (!isJobReport(event.type)) return;
    const put = <Row extends ArtworkRow>(row: Row): Row => patchArtwork(row, event) ?? row;
    patchQuery<ArtworkDetail>(queryClient, ['artwork', 'get'], put);
    patchQuery<{ rows: ArtworkRow[] }>(queryClient, ['artwork', 'ofOrder'], ({ rows }) => ({ rows: rows.map(put) }));
  },
};
