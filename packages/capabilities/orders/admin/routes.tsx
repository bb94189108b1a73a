import { ShoppingBag } from 'lucide-react';
import { lazy } from 'react';
import type { AdminPart } from '../../kit/screen.ts';

export const adminPart: AdminPart = {
  screens: [
    { path: '/orders', component: lazy(() => import('./orders-screen.tsx')) },
    { path: '/orders/$id', component: lazy(() => import('./order-screen.tsx')) },
  ],
  rail: [{ label: 'Orders', to: '/orders', icon: <ShoppingBag aria-hidden size={16} />, waiting: 'orders' }],
  // The list mends its rows itself (kit/use-live-rows.tsx); only what counts or tells a whole story is fetched anew.
  staleAfter: ({ topic }) =>
    topic === 'orders' || topic === 'approvals' || topic === 'deliveries' ? [['orders', 'counts'], ['orders', 'get']] : [],
};
