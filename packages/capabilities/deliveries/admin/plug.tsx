import { Send } from 'lucide-react';
import { lazyPart } from '../../kit/lazy-part.ts';
import type { AdminPlug } from '../../kit/admin-plug.ts';
import { prefetchList } from './deliveries-list.ts';

export const adminPlug: AdminPlug = {
  screens: [
    {
      path: '/deliveries',
      component: lazyPart(() => import('./deliveries-screen.tsx').then((file) => file.default)),
      prefetch: prefetchList,
    },
  ],
  rail: [{ label: 'Deliveries', to: '/deliveries', icon: <Send aria-hidden size={16} />, waiting: 'deliveries' }],
  timeline: () => import('./timeline.ts').then((file) => file.timeline),
  // The list mends its own rows (kit/use-live-rows.tsx).
  invalidates: ({ topic }) =>
    topic === 'deliveries'
      ? [
          ['deliveries', 'counts'],
          ['deliveries', 'get'],
        ]
      : [],
  outdates: ({ topic }) => (topic === 'deliveries' ? [['deliveries', 'list']] : []),
};
