import { Send } from 'lucide-react';
import { lazy } from 'react';
import type { AdminPart } from '../../kit/screen.ts';

export const adminPart: AdminPart = {
  screens: [{ path: '/deliveries', component: lazy(() => import('./deliveries-screen.tsx')) }],
  rail: [{ label: 'Deliveries', to: '/deliveries', icon: <Send aria-hidden size={16} />, waiting: 'deliveries' }],
  // The list mends its own rows (kit/use-live-rows.tsx).
  staleAfter: ({ topic }) => (topic === 'deliveries' ? [['deliveries', 'counts'], ['deliveries', 'get']] : []),
};
