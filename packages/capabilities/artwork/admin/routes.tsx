import { Images } from 'lucide-react';
import { lazyPart } from '../../kit/lazy-part.ts';
import type { AdminPart } from '../../kit/screen.ts';

export const adminPart: AdminPart = {
  screens: [
    { path: '/artwork', component: lazyPart(() => import('./gallery-screen.tsx').then((file) => file.default)) },
  ],
  rail: [{ label: 'Artwork', to: '/artwork', icon: <Images aria-hidden size={16} /> }],
  // The gallery mends its own tiles (kit/use-live-rows.tsx).
  staleAfter: ({ topic, type, data }) => {
    if (topic === 'jobs')
      return String(data.serves).startsWith('art_') && type !== 'job.progress'
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
};
