import { ListChecks, Settings } from 'lucide-react';
import { lazyPart } from '../../kit/lazy-part.ts';
import type { AdminPart } from '../../kit/screen.ts';

export const adminPart: AdminPart = {
  screens: [
    { path: '/jobs', component: lazyPart(() => import('./jobs-screen.tsx').then((file) => file.default)) },
    { path: '/settings', component: lazyPart(() => import('./settings-screen.tsx').then((file) => file.default)) },
  ],
  rail: [
    { label: 'Jobs', to: '/jobs', icon: <ListChecks aria-hidden size={16} />, waiting: 'jobs' },
    { label: 'Settings', to: '/settings', icon: <Settings aria-hidden size={16} />, role: 'admin' },
  ],
  staleAfter: ({ topic }) => {
    if (topic === 'jobs') return [['operations', 'jobCounts'], ['operations', 'job'], ['operations', 'waiting']];
    return topic === 'orders' || topic === 'approvals' || topic === 'deliveries' ? [['operations', 'waiting']] : [];
  },
};
