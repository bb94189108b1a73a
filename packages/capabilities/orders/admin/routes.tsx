import { ShoppingBag } from 'lucide-react';
import { lazyPart } from '../../kit/lazy-part.ts';
import type { AdminPart } from '../../kit/screen.ts';

export const adminPart: AdminPart = {
  screens: [
    { path: '/orders', component: lazyPart(() => import('./orders-screen.tsx').then((file) => file.default)) },
    { path: '/orders/$id', component: lazyPart(() => import('./order-screen.tsx').then((file) => file.default)) },
  ],
  rail: [{ label: 'Orders', to: '/orders', icon: <ShoppingBag aria-hidden size={16} />, waiting: 'orders' }],
  // The list mends its rows itself (kit/use-live-rows.tsx); only what counts or tells a whole story is fetched anew.
  staleAfter: ({ topic }) =>
    topic === 'orders' || topic === 'approvals' || topic === 'deliveries' ? [['orders', 'counts'], ['orders', 'get']] : [],
};
